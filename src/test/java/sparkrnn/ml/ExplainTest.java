package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.collection.Seq;
import sparkrnn.LocalSpark;

/** What {@link RnnModel#explain} adds to rows. */
@ExtendWith(LocalSpark.class)
final class ExplainTest {

  private static final double[] EVENT = {1, 1.6, 1, -1, -1.6, -1};

  private final SparkSession spark;

  ExplainTest(SparkSession spark) {
    this.spark = spark;
  }

  private static double[][] attributions(Row row) {
    Seq<?> timeSteps = row.getAs("attributions");
    double[][] values = new double[timeSteps.size()][];
    for (int t = 0; t < values.length; t++) {
      Seq<?> features = (Seq<?>) timeSteps.apply(t);
      values[t] = new double[features.size()];
      for (int feature = 0; feature < values[t].length; feature++) {
        values[t][feature] = (Double) features.apply(feature);
      }
    }
    return values;
  }

  private static double sum(Row row) {
    double sum = 0;
    for (double[] timeStep : attributions(row)) {
      for (double attribution : timeStep) {
        sum += attribution;
      }
    }
    return sum;
  }

  private static float[][] zeros(int timeSteps, int features) {
    return new float[timeSteps][features];
  }

  /** If it fails, a row has the attributions of another, or of a batch that it is not in. */
  @Test
  void attributionsBelongToTheirRowsAndSumToTheirPredictions() {
    RnnRegressionModel model =
        SequenceRows.small().setCell("gru").fit(SequenceRows.means(spark, 64));
    Dataset<Row> predicted = model.transform(SequenceRows.means(spark, 50).coalesce(1));
    List<Row> rows =
        model.copy(ParamMap.empty()).setPredictionBatchSize(7).explain(predicted).collectAsList();
    assertThat(rows).hasSize(50);
    for (int i = 0; i < 50; i++) {
      Row row = rows.get(i);
      int length = row.getList(1).size();
      double[][] attributions = attributions(row);
      assertThat(row.getLong(0)).isEqualTo(i);
      assertThat(attributions).hasDimensions(length, 1);
      double moved = row.<Double>getAs("prediction") - model.predict(zeros(length, 1))[0];
      assertThat(sum(row)).isCloseTo(moved, within(1e-5 + 1e-3 * Math.abs(moved)));
      assertThat(row.<Double>getAs("attributionGap")).isCloseTo(sum(row) - moved, within(1e-6));
    }
  }

  /** The predicted class by itself, or another: rawPrediction of it moves by the sum. */
  @Test
  void explainsThePredictedClassOrTheOneAskedFor() {
    Dataset<Row> data = ClassRows.texts(spark, 60);
    RnnClassificationModel model = ClassRows.learning().fit(data);
    Dataset<Row> predicted = model.transform(data);
    assertSumsToRaw(model, model.explain(predicted), -1);
    IntegratedGradients how = new IntegratedGradients();
    int flat = List.of(model.labels()).indexOf("flat");
    assertSumsToRaw(model, model.explain(predicted, how.withTarget("flat")), flat);
    assertSumsToRaw(model, model.explain(predicted, how.withOutput(1)), 1);
  }

  private static void assertSumsToRaw(
      RnnClassificationModel model, Dataset<Row> explained, int always) {
    float[] bias = model.weights().get("dense/bias");
    assertThat(bias).hasSize(3);
    for (Row row : explained.collectAsList()) {
      int place = always < 0 ? (int) (double) row.<Double>getAs("prediction") : always;
      int length = row.getList(1).size();
      double[] atZeros = new SinglePrediction(model).of(zeros(length, 1));
      double moved = row.<Vector>getAs("rawPrediction").apply(place) - atZeros[place];
      assertThat(sum(row)).isCloseTo(moved, within(1e-5 + 2e-3 * Math.abs(moved)));
    }
  }

  /** Sequences in which one of two events hides; it begins at the place that the id tells. */
  private Dataset<Row> events(int count) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 20 + random.nextInt(11);
      int at = 2 + random.nextInt(length - 9);
      double[] values = random.doubles(length, -0.5, 0.5).toArray();
      for (int t = 0; t < EVENT.length; t++) {
        values[at + t] += i % 2 == 0 ? EVENT[t] : -EVENT[t];
      }
      rows.add(RowFactory.create((long) at, values, i % 2 == 0 ? "opens" : "closes"));
    }
    return spark.createDataFrame(
        rows, SequenceRows.schema(SequenceRows.SEQUENCE, DataTypes.StringType));
  }

  /** If it fails, the largest attribution is anywhere, and nobody learns what the model saw. */
  @Test
  void theLargestAttributionIsOnTheEventThatDecides() {
    RnnClassificationModel model =
        new RnnClassifier()
            .setCell("gru")
            .setUnits(12)
            .setBidirectional(true)
            .setPooling("mean")
            .setLearningRate(0.02)
            .setEpochs(8)
            .setBatchSize(25)
            .setSeed(3)
            .fit(events(400));
    Dataset<Row> test = events(500).offset(400);
    assertThat(model.evaluate(test).accuracy()).isGreaterThan(0.97);
    int hits = 0;
    for (Row row : model.explain(test).collectAsList()) {
      double[][] attributions = attributions(row);
      int largest = 0;
      for (int t = 1; t < attributions.length; t++) {
        largest = attributions[t][0] > attributions[largest][0] ? t : largest;
      }
      long at = row.getLong(0);
      hits += largest >= at && largest < at + EVENT.length ? 1 : 0;
    }
    // By chance it would be about a quarter.
    assertThat(hits).isGreaterThan(90);
  }

  /** The label of a word is explained by the words; a time step that is not there is an error. */
  @Test
  void explainsATimeStepOfATagger() {
    Dataset<Row> data = TagRows.texts(spark, 40);
    RnnTaggingModel model = TagRows.small().setCell("lstm").fit(data);
    IntegratedGradients last = new IntegratedGradients().withTimeStep(-1);
    for (Row row : model.explain(data, last).collectAsList()) {
      assertThat(attributions(row)).hasDimensions(row.getList(1).size(), 1);
      assertThat(row.<Double>getAs("attributionGap")).isCloseTo(0, within(1e-2));
    }
    // What reads forward knows nothing of later words.
    IntegratedGradients first = last.withTimeStep(0).withTarget("O").withGapCol("");
    Dataset<Row> explained = model.explain(data, first);
    assertThat(explained.schema().fieldNames())
        .containsExactly("id", "features", "label", "attributions");
    for (Row row : explained.collectAsList()) {
      double[][] attributions = attributions(row);
      assertThat(attributions[0][0]).isNotZero();
      for (int t = 1; t < attributions.length; t++) {
        assertThat(attributions[t][0]).isZero();
      }
    }
    assertThatThrownBy(() -> model.explain(data, last.withTimeStep(3)).collectAsList())
        .hasStackTraceContaining("RnnTaggingModel: column \"features\": the row with id ")
        .hasStackTraceContaining(
            " time steps and the one to explain is 3 (timeStep). Mend the row, or set handleInvalid"
                + " to \"skip\" or \"keep\".");
    model.setHandleInvalid("skip");
    long longEnough = data.filter("size(features) > 3").count();
    assertThat(model.explain(data, last.withTimeStep(3)).count())
        .isEqualTo(longEnough)
        .isBetween(1L, 39L);
    model.setHandleInvalid("keep");
    assertThat(model.explain(data, last.withTimeStep(3)).filter("attributions IS NULL").count())
        .isEqualTo(40 - longEnough);
  }

  /** Which characters made the next one likely. */
  @Test
  void explainsTheNextCharacterOfALanguageModel() {
    Dataset<Row> texts = spark.sql("SELECT repeat('abcab', 40) AS text");
    RnnTextModel model =
        StreamRows.small().setUnits(8).setEpochs(2).setFeaturesCol("text").fit(texts);
    Dataset<Row> prompts = spark.sql("SELECT stack(2, 'abca', 'b') AS text");
    List<Row> rows = model.explain(prompts).collectAsList();
    assertThat(attributions(rows.get(0))).hasDimensions(4, 1);
    assertThat(attributions(rows.get(1))).hasDimensions(1, 1);
    IntegratedGradients how = new IntegratedGradients().withTarget("c");
    assertThat(model.explain(prompts, how).filter("abs(attributionGap) < 1e-3").count())
        .isEqualTo(2);
    assertThatThrownBy(() -> model.explain(prompts, how.withTarget("x")))
        .hasMessage(
            "RnnTextModel: target is \"x\"; it must be one of the labels of the model, \""
                + String.join("\", \"", model.tokens())
                + "\".");
  }

  @Test
  void explainsWhatAForecastReads() {
    RnnForecastModel model =
        new RnnForecaster()
            .setKeyCols("shop")
            .setTimeCol("ts")
            .setTargetCols("load")
            .setContextLength(8)
            .setHorizon(3)
            .setUnits(6)
            .setEpochs(1)
            .setSeed(5)
            .fit(ForecastRows.shops(spark));
    Dataset<Row> sequences = model.sequences(ForecastRows.shops(spark));
    Dataset<Row> explained = model.explain(sequences, new IntegratedGradients().withOutput(2));
    List<Row> rows = explained.collectAsList();
    assertThat(rows).hasSize(3);
    for (Row row : rows) {
      assertThat(attributions(row)).hasDimensions(8, model.numFeatures());
    }
    assertThatThrownBy(() -> model.explain(sequences))
        .hasMessage(
            "RnnForecastModel: the model has 3 outputs and IntegratedGradients names none. Choose"
                + " one from 0 to 2 by withOutput.");
  }

  /** Against the means of the data a sequence of them is moved by nothing. */
  @Test
  void aSequenceThatIsTheBaselineHasNoAttributions() {
    Dataset<Row> data = SequenceRows.means(spark, 64);
    RnnRegressionModel model = SequenceRows.small().fit(data);
    double[] means = model.featureMeans(data);
    double expected =
        data.selectExpr("explode(features) AS x").selectExpr("avg(x)").first().getDouble(0);
    assertThat(means).hasSize(1);
    assertThat(means[0]).isCloseTo(expected, within(1e-7));
    Row row = RowFactory.create(1L, new double[] {means[0], 0.5, means[0]}, 0.0);
    Dataset<Row> one =
        spark.createDataFrame(
            List.of(row), SequenceRows.schema(SequenceRows.SEQUENCE, DataTypes.DoubleType));
    IntegratedGradients how = new IntegratedGradients().withBaseline(means);
    double[][] attributions = attributions(model.explain(one, how).head());
    assertThat(attributions[0][0]).isZero();
    assertThat(attributions[1][0]).isNotZero();
    assertThat(attributions[2][0]).isZero();
  }

  /** One node misses; where more are allowed, rows whose gap is too large get them. */
  @Test
  void stepsAreDoubledWhereTheGapIsTooLarge() {
    Dataset<Row> data = SequenceRows.means(spark, 40);
    RnnRegressionModel model = SequenceRows.small().setLearningRate(0.05).setEpochs(6).fit(data);
    IntegratedGradients one = new IntegratedGradients().withSteps(1).withTolerance(1e-4);
    double missed = largestGap(model, one.withMaxSteps(1));
    assertThat(missed).isGreaterThan(1e-4);
    assertThat(largestGap(model, one)).isLessThan(missed / 10);
    assertThat(largestGap(model, one.withMaxSteps(2))).isLessThan(missed);
  }

  private double largestGap(RnnRegressionModel model, IntegratedGradients how) {
    return model
        .explain(SequenceRows.means(spark, 40), how)
        .selectExpr("max(abs(attributionGap))")
        .first()
        .getDouble(0);
  }

  @Test
  void skipLeavesRowsOutAndKeepGivesNulls() {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 64));
    Dataset<Row> data = SequenceRows.withRow17(spark, new double[] {1, Double.NaN}, 0.0);
    assertThat(model.setHandleInvalid("skip").explain(data).count()).isEqualTo(17);
    List<Row> kept =
        model
            .setHandleInvalid("keep")
            .explain(data)
            .where("attributions IS NULL AND attributionGap IS NULL")
            .collectAsList();
    assertThat(kept).extracting(row -> row.getLong(0)).containsExactly(17L);
  }

  @Test
  void whatCannotBeExplainedIsRefusedBeforeAnyJob() {
    Dataset<Row> data = ClassRows.texts(spark, 20);
    RnnClassificationModel model = ClassRows.small().fit(data);
    IntegratedGradients how = new IntegratedGradients();
    assertThatThrownBy(() -> model.explain(data, how.withTarget("sideways")))
        .hasMessage(
            "RnnClassificationModel: target is \"sideways\"; it must be one of the labels of the"
                + " model, \"down\", \"flat\", \"up\".");
    assertThatThrownBy(() -> model.explain(data, how.withOutput(3)))
        .hasMessage(
            "RnnClassificationModel: output is 3; the model has 3. Choose one from 0 to 2.");
    assertThatThrownBy(() -> model.explain(data, how.withTimeStep(1)))
        .hasMessage(
            "RnnClassificationModel: timeStep is 1 and the model has one output for a sequence."
                + " Leave timeStep out.");
    assertThatThrownBy(() -> model.explain(data, how.withBaseline(1, 2)))
        .hasMessage(
            "RnnClassificationModel: baseline has 2 numbers; it needs one for each of the 1"
                + " features of a time step.");
    assertThatThrownBy(() -> model.explain(data, how.withGapCol("label")))
        .hasMessage(
            "RnnClassificationModel: the data already has a column \"label\" (gapCol); it would be"
                + " overwritten. Drop or rename it, or set gapCol to another name.");
    assertThatThrownBy(() -> model.encoder().explain(data))
        .hasMessage(
            "RnnEncoder: it has no outputs to explain. Explain the model that it was made of.");
    RnnRegressionModel pairs = SequenceRows.small().fit(SequenceRows.pairs(spark, 20));
    assertThatThrownBy(() -> pairs.explain(data, how.withTarget("up")))
        .hasMessage(
            "RnnRegressionModel: target is \"up\"; the outputs of the model have no names. Choose"
                + " one by withOutput.");
    RnnTaggingModel tagger = TagRows.small().fit(TagRows.texts(spark, 20));
    assertThatThrownBy(() -> tagger.explain(TagRows.texts(spark, 20)))
        .hasMessage(
            "RnnTaggingModel: it has outputs for every time step and timeStep is not set. Choose"
                + " one by withTimeStep, from 0 or, from the end on, from -1.");
  }

  @Test
  void settingsOutOfTheirRangeAreRefused() {
    IntegratedGradients how = new IntegratedGradients();
    assertThatThrownBy(() -> how.withSteps(0))
        .hasMessage("IntegratedGradients: steps is 0; it must be at least 1.");
    assertThatThrownBy(() -> how.withMaxSteps(0))
        .hasMessage("IntegratedGradients: maxSteps is 0; it must be at least 1.");
    assertThatThrownBy(() -> how.withTolerance(Double.NaN))
        .hasMessage("IntegratedGradients: tolerance is NaN; it must be a finite number above 0.");
    assertThatThrownBy(() -> how.withOutput(-1))
        .hasMessage("IntegratedGradients: output is -1; it must be at least 0.");
    assertThatThrownBy(() -> how.withBaseline(1, Double.NaN))
        .hasMessage("IntegratedGradients: baseline is [1.0, NaN]; its numbers must be finite.");
    assertThatThrownBy(() -> how.withAttributionsCol(""))
        .hasMessage(
            "IntegratedGradients: attributionsCol is \"\"; it must be the name of a column.");
  }
}
