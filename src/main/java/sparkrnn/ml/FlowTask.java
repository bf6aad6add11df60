package sparkrnn.ml;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.explain.FlowSums;
import sparkrnn.explain.GradientFlow;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/** What {@link RnnModel#gradientFlow} sends to the executors. */
final class FlowTask implements FlatMapFunction<Iterator<Row>, FlowSums> {

  private static final long serialVersionUID = 1L;

  private final SequenceReading reading;
  private final FlowExamples examples;
  private final NetworkSpec spec;
  private final Broadcast<float[]> parameters;
  private final int batchSize;

  private FlowTask(RnnModel<?> model, Dataset<?> dataset) {
    reading = new SequenceReading(model, dataset.schema());
    examples = model.flowExamples(dataset.schema());
    spec = model.fitted().spec();
    parameters = model.broadcastParameters(dataset.sparkSession().sparkContext());
    batchSize = model.getPredictionBatchSize();
  }

  /** One Spark job. */
  static RnnGradientFlow of(RnnModel<?> model, Dataset<?> dataset) {
    FlowTask task = new FlowTask(model, dataset);
    List<FlowSums> parts =
        TaskErrors.unwrapped(() -> dataset.toDF().toJavaRDD().mapPartitions(task).collect());
    if (parts.stream().allMatch(part -> part.sequences() == 0)) {
      throw ParamCombination.refusal(
          model,
          "no row is left; the gradient needs at least one with a sequence and a label. Check"
              + " labelCol \"%s\".",
          model.getLabelCol());
    }
    return FlowFindings.of(task.spec, parts.stream().reduce(FlowSums::plus).orElseThrow());
  }

  @Override
  public Iterator<FlowSums> call(Iterator<Row> rows) {
    GradientFlow flow = new GradientFlow(new Network(spec), parameters.value());
    FlowBatch batch = new FlowBatch(new Network(spec));
    while (rows.hasNext()) {
      Row row = rows.next();
      try {
        batch.add(examples.of(row, reading.read(row)));
      } catch (InvalidSequenceException invalid) {
        reading.invalidRowStays(row, invalid);
      }
      if (batch.size() == batchSize || batch.timeSteps() >= BatchIterator.ENOUGH_TIME_STEPS_BACK) {
        batch.addTo(flow);
      }
    }
    batch.addTo(flow);
    return List.of(flow.sums()).iterator();
  }
}
