package sparkrnn.feature;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a model has learnt, on the executors: broadcast once, however often the model transforms.
 *
 * <p>A transformed data set is lazy and may run at any later time, so nothing destroys the
 * broadcast by hand: Spark removes it once neither the model nor such a data set is reachable.
 *
 * @param <T> what is shared; serializable
 */
final class SharedValue<T> {

  private final T value;
  private SparkContext context;
  private Broadcast<T> broadcast;

  SharedValue(T value) {
    this.value = value;
  }

  /**
   * The broadcast of this context; a new one if the last context is another, such as a stopped one.
   */
  synchronized Broadcast<T> in(SparkContext wanted) {
    if (context != wanted) {
      broadcast = JavaSparkContext.fromSparkContext(wanted).broadcast(value);
      context = wanted;
    }
    return broadcast;
  }
}
