package sparkrnn.ml;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model's parameters on the executors: broadcast once, however often the model transforms.
 *
 * <p>A transformed data set is lazy and may run at any later time, so nothing destroys the
 * broadcast by hand: Spark removes it once neither the model nor such a data set is reachable.
 */
final class SharedParameters {

  private final float[] parameters;
  private SparkContext context;
  private Broadcast<float[]> broadcast;

  SharedParameters(float[] parameters) {
    this.parameters = parameters;
  }

  /**
   * The broadcast of this context; a new one if the last context is another, such as a stopped one.
   */
  synchronized Broadcast<float[]> in(SparkContext wanted) {
    if (context != wanted) {
      broadcast = JavaSparkContext.fromSparkContext(wanted).broadcast(parameters);
      context = wanted;
    }
    return broadcast;
  }
}
