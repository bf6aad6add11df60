package sparkrnn.examples;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import sparkrnn.scoring.LocalScorer;
import sparkrnn.scoring.StepScorer;

/**
 * A prediction with every event, of all events of its meter so far: the hidden state of the network
 * is kept for each meter, and an event costs one time step however long its history is.
 */
public final class RunningScores extends StatefulProcessor<String, Row, Row> {

  private static final long serialVersionUID = 1L;

  private static final StructType SCORES =
      new StructType()
          .add("meter", DataTypes.StringType)
          .add("at", DataTypes.LongType)
          .add("prediction", DataTypes.DoubleType);

  private final LocalScorer scorer;
  private transient StepScorer steps;
  private transient ValueState<byte[]> states;

  private RunningScores(LocalScorer scorer) {
    this.scorer = scorer;
  }

  /** Rows of (meter, at, prediction) for a stream of events (meter, at, load, temperature). */
  public static Dataset<Row> of(Dataset<Row> events, LocalScorer scorer) {
    return events
        .groupByKey((MapFunction<Row, String>) event -> event.getAs("meter"), Encoders.STRING())
        .transformWithState(
            new RunningScores(scorer), TimeMode.None(), OutputMode.Append(), Encoders.row(SCORES));
  }

  @Override
  public void init(OutputMode outputMode, TimeMode timeMode) {
    steps = scorer.steps();
    states = getHandle().getValueState("state", Encoders.BINARY(), TTLConfig.NONE());
  }

  @Override
  public Iterator<Row> handleInputRows(String meter, Iterator<Row> events, TimerValues timers) {
    float[] state = states.exists() ? floats(states.get()) : steps.newState();
    List<Row> inOrder = new ArrayList<>(CollectionConverters.asJava(events.toSeq()));
    inOrder.sort(Comparator.comparingLong(event -> event.<Long>getAs("at")));
    List<Row> scores = new ArrayList<>();
    for (Row event : inOrder) {
      double load = event.getAs("load");
      double temperature = event.getAs("temperature");
      double[] prediction = steps.step(new float[] {(float) load, (float) temperature}, state);
      scores.add(RowFactory.create(meter, event.getAs("at"), prediction[0]));
    }
    states.update(bytes(state));
    return CollectionConverters.asScala(scores.iterator());
  }

  private static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
    return numbers;
  }

  private static byte[] bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }
}
