package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnGradientFlow.State;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;

/** If it fails, who asks why a network does not learn is told something wrong. */
@ExtendWith(LocalSpark.class)
final class RnnGradientFlowTest {

  private final SparkSession spark;

  RnnGradientFlowTest(SparkSession spark) {
    this.spark = spark;
  }

  /** (id, features of so many values, label). */
  private Dataset<Row> rows(int count, int length) {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      double[] values = random.doubles(length, -1, 1).toArray();
      rows.add(RowFactory.create(id, values, values[0]));
    }
    return spark.createDataFrame(
        rows, SequenceRows.schema(SequenceRows.SEQUENCE, DataTypes.DoubleType));
  }

  /** A model of one tanh unit with W and b of 0: the gradient falls by u in every time step. */
  private static RnnRegressionModel ofRecurrentWeight(float u) {
    RecurrentSpec layer =
        new RecurrentSpec("simpleRnn", 1, "tanh", "glorot_uniform", "random_normal");
    NetworkSpec spec = new NetworkSpec(1, List.of(layer), 1, "mse", 1);
    Network network = new Network(spec);
    float[] parameters = new float[network.layout().size()];
    parameters[network.layout().tensor("simple_rnn_0/recurrent_kernel").offset()] = u;
    parameters[network.layout().tensor("dense/kernel").offset()] = 1;
    return new RnnRegressionModel().become(new FittedNetwork(spec, parameters), false, null);
  }

  @Test
  void saysThatTheGradientVanishesAndWhatToChange() {
    RnnGradientFlow flow = ofRecurrentWeight(0.5f).gradientFlow(rows(30, 21));
    assertThat(flow.sequences()).isEqualTo(30);
    RnnGradientFlow.Cell cell = flow.cells().get(0);
    assertThat(cell.state()).isEqualTo(State.VANISHES);
    assertThat(cell.counts()).hasSize(21).containsOnly(30L);
    for (int d = 0; d < 21; d++) {
      assertThat(cell.norms().get(d) / cell.norms().get(0))
          .isCloseTo(Math.pow(0.5, d), within(1e-6 * Math.pow(0.5, d)));
    }
    assertThat(flow.toString())
        .isEqualTo(
            "simple_rnn_0: the gradient vanishes: 20 time steps before the last one 9.5e-07 of it"
                + " is left (0.50 from each to the one before), so that what happens there is hardly"
                + " learnt. Set cell to lstm or gru; or set pooling to mean or attention, which gives"
                + " every time step a gradient of its own; or shorten the sequences, or set"
                + " bidirectional to true.");
  }

  @Test
  void saysThatTheGradientExplodesAndWhatToChange() {
    RnnGradientFlow flow = ofRecurrentWeight(2).gradientFlow(rows(30, 21));
    assertThat(flow.cells().get(0).state()).isEqualTo(State.EXPLODES);
    assertThat(flow.findings())
        .containsExactly(
            "simple_rnn_0: the gradient explodes: within 20 time steps it grows to 1.0e+06 times its"
                + " size, so that a few training steps may undo all others. Set globalClipNorm, for"
                + " example to 1, and lower learningRate, and recurrentInitializer (random_normal)"
                + " to orthogonal; or set cell to lstm or gru.");
  }

  @Test
  void saysThatTheGradientFlows() {
    RnnGradientFlow flow = ofRecurrentWeight(0.9f).gradientFlow(rows(30, 21));
    assertThat(flow.cells().get(0).state()).isEqualTo(State.FLOWS);
    assertThat(flow.findings())
        .containsExactly(
            "simple_rnn_0: the gradient flows: 20 time steps before the last one it is 0.12 times as"
                + " large as there.");
  }

  /** Where every time step has a gradient of its own, nothing vanishes. */
  @Test
  void tableHasARowForEachCellAndTimeStep() {
    Dataset<Row> data = ClassRows.texts(spark, 40);
    RnnClassificationModel model =
        ClassRows.small().setCell("gru").setBidirectional(true).setPooling("mean").fit(data);
    RnnGradientFlow flow = model.gradientFlow(data);
    assertThat(flow.cells())
        .extracting(RnnGradientFlow.Cell::name)
        .containsExactly("bidirectional_0/forward_gru", "bidirectional_0/backward_gru");
    assertThat(flow.cells()).extracting(RnnGradientFlow.Cell::state).containsOnly(State.FLOWS);
    assertThat(flow.findings().get(0)).endsWith(" times as large as in the median one.");
    List<Row> rows = flow.toDataset(spark).filter("stepsBack >= 4").collectAsList();
    assertThat(rows).hasSize(10);
    for (Row row : rows) {
      long longer = data.filter("size(features) > " + row.getInt(1)).count();
      assertThat(row.getLong(3)).isEqualTo(longer);
      assertThat(row.getDouble(2)).isPositive();
    }
  }

  /** Labels of time steps, some of them missing, and of texts the next token. */
  @Test
  void taggersAndLanguageModelsAreAskedToo() {
    Dataset<Row> data = TagRows.texts(spark, 40);
    RnnTaggingModel tagger = TagRows.small().setCrf(true).fit(data);
    Dataset<Row> some =
        data.selectExpr(
            "id", "features", "transform(label, (tag, t) -> if(t = 0, tag, NULL)) AS label");
    assertThat(tagger.gradientFlow(data).sequences()).isEqualTo(40);
    RnnTaggingModel plain = TagRows.small().fit(data);
    RnnGradientFlow.Cell cell = plain.gradientFlow(some).cells().get(0);
    // Only the first time step has a loss, which no later state can change.
    long longest = data.selectExpr("max(size(features))").first().getInt(0);
    assertThat(cell.norms()).hasSize((int) longest);
    assertThat(cell.norms().get((int) longest - 1)).isPositive();
    RnnTextModel text =
        StreamRows.small().setUnits(8).setEpochs(1).fit(StreamRows.texts(spark, 2, 100));
    RnnGradientFlow flow = text.gradientFlow(StreamRows.text(spark, "rain tree"));
    assertThat(flow.cells().get(0).norms()).hasSize(8);
    assertThatThrownBy(() -> text.gradientFlow(StreamRows.text(spark, "r")))
        .hasMessage(
            "RnnTextModel: column \"text\": the row with id 7 has one token and needs two. Mend the"
                + " row, or set handleInvalid to \"skip\" or \"keep\".");
  }

  @Test
  void whatHasNoLossIsRefused() {
    Dataset<Row> data = SequenceRows.means(spark, 20);
    RnnRegressionModel model = SequenceRows.small().fit(data);
    assertThatThrownBy(() -> model.encoder().gradientFlow(data))
        .hasMessage(
            "RnnEncoder: gradientFlow needs sequences with labels in rows, which a model of this"
                + " kind does not read. Ask a RnnRegressionModel, RnnClassificationModel,"
                + " RnnTaggingModel or RnnTextModel.");
    assertThatThrownBy(() -> model.gradientFlow(data.limit(0)))
        .hasMessage(
            "RnnRegressionModel: no row is left; the gradient needs at least one with a sequence and"
                + " a label. Check labelCol \"label\".");
    RnnRegressionModel pairs = SequenceRows.small().fit(SequenceRows.pairs(spark, 20));
    assertThatThrownBy(() -> pairs.gradientFlow(data.coalesce(1)))
        .hasMessage(
            "RnnRegressionModel: column \"label\": the row with id 0 has 1 numbers and needs 2. Mend"
                + " the row, or set handleInvalid to \"skip\" or \"keep\".");
    Dataset<Row> nulls = SequenceRows.withRow17(spark, new double[] {1}, null);
    assertThat(model.setHandleInvalid("skip").gradientFlow(nulls).sequences()).isEqualTo(17);
  }
}
