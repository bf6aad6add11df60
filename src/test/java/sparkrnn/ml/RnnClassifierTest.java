package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What a fit of classes gives. */
@ExtendWith(LocalSpark.class)
final class RnnClassifierTest {

  private final SparkSession spark;

  RnnClassifierTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void learnsTextsFarAboveTheFloor() {
    Dataset<Row> data = ClassRows.texts(spark, 150).cache();
    RnnClassificationModel model = ClassRows.learning().fit(data);
    RnnClassificationSummary test = model.evaluate(ClassRows.texts(spark, 200));
    assertThat(model.labels()).containsExactly("down", "flat", "up");
    assertThat(test.majorityAccuracy()).isLessThan(0.45);
    assertThat(test.accuracy()).isGreaterThan(0.8);
    assertThat(test.macroF1()).isGreaterThan(0.8);
    assertThat(test.numInstances()).isEqualTo(200);
  }

  @Test
  void writesTheColumnsOfSparksClassifiers() {
    RnnClassificationModel model = ClassRows.learning().fit(ClassRows.texts(spark, 100));
    Dataset<Row> predicted =
        model.setPredictedLabelCol("guess").transform(ClassRows.texts(spark, 20));
    StructField[] fields = predicted.schema().fields();
    assertThat(Arrays.stream(fields).map(StructField::name))
        .containsExactly(
            "id", "features", "label", "rawPrediction", "probability", "prediction", "guess");
    assertThat(fields[3].dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(fields[4].dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(fields[5].dataType()).isEqualTo(DataTypes.DoubleType);
    for (Row row : predicted.collectAsList()) {
      Vector raw = row.getAs("rawPrediction");
      double[] probability = row.<Vector>getAs("probability").toArray();
      assertThat(Arrays.stream(probability).sum()).isCloseTo(1, within(1e-12));
      double[] exp = Arrays.stream(raw.toArray()).map(Math::exp).toArray();
      for (int k = 0; k < 3; k++) {
        assertThat(probability[k]).isCloseTo(exp[k] / Arrays.stream(exp).sum(), within(1e-12));
      }
      assertThat(row.<Double>getAs("prediction")).isEqualTo(raw.argmax());
      assertThat(row.<String>getAs("guess")).isEqualTo(model.labels()[raw.argmax()]);
    }
  }

  @Test
  void columnsWithoutANameAreLeftOut() {
    RnnClassifier classifier =
        ClassRows.small().setRawPredictionCol("").setProbabilityCol("").setPredictionCol("way");
    Dataset<Row> data = ClassRows.texts(spark, 40);
    RnnClassificationModel model = classifier.fit(data);
    assertThat(model.transform(data).columns()).containsExactly("id", "features", "label", "way");
    assertThat(model.transform(data).schema())
        .isEqualTo(model.transformSchema(data.schema()))
        .isEqualTo(classifier.transformSchema(data.schema()));
    // An evaluation needs none of them, and none of the data's columns is in its way.
    assertThat(model.evaluate(model.transform(data)).numInstances()).isEqualTo(40);
  }

  @Test
  void predictionOfANumberIsTheNumber() {
    for (int first : new int[] {0, 1, -1}) {
      Dataset<Row> data = ClassRows.numbers(spark, 150, first).cache();
      RnnClassificationModel model = ClassRows.learning().fit(data);
      assertThat(model.labels())
          .containsExactly(
              IntStream.range(first, first + 3).mapToObj(String::valueOf).toArray(String[]::new));
      double accuracy =
          new MulticlassClassificationEvaluator()
              .setMetricName("accuracy")
              .evaluate(model.transform(data));
      assertThat(accuracy).isGreaterThan(0.8).isEqualTo(model.evaluate(data).accuracy());
    }
  }

  @Test
  void numbersAreOrderedAsNumbersAndMayHaveGaps() {
    Dataset<Row> data =
        ClassRows.numbers(spark, 40, 0).selectExpr("features", "double(9 * label - 7) AS label");
    RnnClassificationModel model = ClassRows.small().setPredictedLabelCol("guess").fit(data);
    assertThat(model.labels()).containsExactly("-7", "2", "11");
    for (Row row : model.transform(data).collectAsList()) {
      assertThat(row.<Double>getAs("prediction")).isEqualTo(Double.parseDouble(row.getAs("guess")));
    }
  }

  @Test
  void placesOfTextsAreThoseOfAnAlphabeticStringIndexer() {
    Dataset<Row> data = ClassRows.texts(spark, 150).cache();
    RnnClassificationModel model = ClassRows.learning().fit(data);
    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .setStringOrderType("alphabetAsc")
            .fit(data)
            .transform(model.transform(data));
    MulticlassClassificationEvaluator evaluator =
        new MulticlassClassificationEvaluator().setLabelCol("index");
    RnnClassificationSummary summary = model.evaluate(data);
    assertThat(evaluator.setMetricName("accuracy").evaluate(indexed)).isEqualTo(summary.accuracy());
    assertThat(evaluator.setMetricName("logLoss").evaluate(indexed))
        .isCloseTo(summary.loss(), within(1e-6));
    assertThat(
            evaluator.setMetricName("fMeasureByLabel").setMetricLabel(0).evaluate(indexed)
                + evaluator.setMetricLabel(1).evaluate(indexed)
                + evaluator.setMetricLabel(2).evaluate(indexed))
        .isCloseTo(3 * summary.macroF1(), within(1e-12));
  }

  @Test
  void binaryLabelsSuitSparksBinaryEvaluator() {
    Dataset<Row> data =
        ClassRows.numbers(spark, 150, 0).selectExpr("features", "int(label = 0) AS label").cache();
    RnnClassificationModel model = ClassRows.learning().fit(data);
    assertThat(model.numOutputs()).isEqualTo(2);
    double area = new BinaryClassificationEvaluator().evaluate(model.transform(data));
    assertThat(area).isGreaterThan(0.95);
  }

  @Test
  void crossValidatorChoosesByAnEvaluatorOfClasses() {
    RnnClassifier classifier = ClassRows.learning().setEpochs(5);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.learningRate(), new double[] {1e-9, 0.02})
            .build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(3)
            .fit(ClassRows.numbers(spark, 100, 0));
    assertThat(((RnnClassificationModel) model.bestModel()).getLearningRate()).isEqualTo(0.02);
  }

  @Test
  void thresholdsScaleProbabilitiesAsInSpark() {
    Dataset<Row> data = ClassRows.texts(spark, 60);
    RnnClassificationModel model = ClassRows.small().fit(data);
    double[] thresholds = {0.2, 0.7, 0.5};
    model.setThresholds(thresholds).setPredictedLabelCol("guess");
    List<Row> rows = model.transform(data).collectAsList();
    for (Row row : rows) {
      double[] p = row.<Vector>getAs("probability").toArray();
      double[] scaled = IntStream.range(0, 3).mapToDouble(k -> p[k] / thresholds[k]).toArray();
      int best = (int) row.<Double>getAs("prediction").doubleValue();
      assertThat(scaled[best]).isEqualTo(Arrays.stream(scaled).max().orElseThrow());
      assertThat(row.<String>getAs("guess")).isEqualTo(model.labels()[best]);
    }
    // A threshold of 0 always wins.
    Dataset<Row> always = model.setThresholds(1, 0, 1).transform(data);
    assertThat(always.select("guess").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("flat");
  }

  @Test
  void labelsInArraysHaveProbabilitiesOfTheirOwn() {
    Dataset<Row> data = ClassRows.arrays(spark, 200).cache();
    RnnClassificationModel model = ClassRows.learning().setEpochs(25).fit(data);
    assertThat(model.labels()).containsExactly("0", "1", "2");
    RnnClassificationSummary summary = model.evaluate(data);
    assertThat(summary.accuracy()).isGreaterThan(summary.majorityAccuracy() + 0.1);
    assertThat(model.summary().accuracy()).isCloseTo(summary.accuracy(), within(1e-9));
    for (Row row : model.setThreshold(0.3).transform(data).collectAsList()) {
      double[] p = row.<Vector>getAs("probability").toArray();
      double[] raw = row.<Vector>getAs("rawPrediction").toArray();
      List<Double> prediction = row.getList(row.fieldIndex("prediction"));
      for (int k = 0; k < 3; k++) {
        assertThat(p[k]).isCloseTo(1 / (1 + Math.exp(-raw[k])), within(1e-12));
        assertThat(prediction.get(k)).isEqualTo(p[k] > 0.3 ? 1 : 0);
      }
    }
  }

  @Test
  void evaluationCountsByWeight() {
    Dataset<Row> data =
        ClassRows.texts(spark, 60).selectExpr("*", "if(id % 2 = 0, 2.0, 0.5) AS importance");
    RnnClassificationModel model = ClassRows.small().setWeightCol("importance").fit(data);
    RnnClassificationSummary summary = model.evaluate(data);
    double[][] expected = new double[3][3];
    List<String> labels = List.of(model.labels());
    for (Row row : model.transform(data).collectAsList()) {
      expected[labels.indexOf(row.<String>getAs("label"))][
              (int) row.<Double>getAs("prediction").doubleValue()] +=
          row.<java.math.BigDecimal>getAs("importance").doubleValue();
    }
    assertThat(summary.confusionMatrix()).isDeepEqualTo(expected);
    double right = expected[0][0] + expected[1][1] + expected[2][2];
    assertThat(summary.accuracy()).isCloseTo(right / 75, within(1e-12));
    double most =
        Arrays.stream(expected).mapToDouble(row -> Arrays.stream(row).sum()).max().orElse(0);
    assertThat(summary.majorityAccuracy()).isCloseTo(most / 75, within(1e-12));
  }

  @Test
  void evaluationAgreesWithTheSummaryOfTheFit() {
    for (double smoothing : new double[] {0, 0.3}) {
      Dataset<Row> data = ClassRows.texts(spark, 64);
      RnnClassificationModel untrained =
          ClassRows.small().setEpochs(0).setLabelSmoothing(smoothing).fit(data);
      double initialLoss = untrained.summary().objectiveHistory()[0];
      RnnClassificationSummary summary = untrained.evaluate(data);
      assertThat(summary.loss()).isCloseTo(initialLoss, within(1e-5 * initialLoss));
      assertThat(untrained.summary().accuracy()).isCloseTo(summary.accuracy(), within(1e-9));
      assertThat(untrained.summary().validationAccuracy()).isEmpty();
    }
  }

  @Test
  void summaryHasTheAccuracyOfTheRowsHeldOut() {
    Dataset<Row> data = ClassRows.texts(spark, 150).selectExpr("*", "id < 50 AS held").cache();
    RnnClassificationModel model =
        ClassRows.learning().setEpochs(4).setValidationIndicatorCol("held").fit(data);
    assertThat(model.summary().validationAccuracy().orElseThrow())
        .isCloseTo(model.evaluate(data.filter("held")).accuracy(), within(1e-9));
    assertThat(model.summary().accuracy())
        .isCloseTo(model.evaluate(data.filter("not held")).accuracy(), within(1e-9));
    assertThat(model.summary().validationHistory()).hasSize(4);
  }

  @Test
  void balancedClassesWeighAsRowsThatAreWeighedByHand() {
    Dataset<Row> data = ClassRows.texts(spark, 90).filter("label <> 'up' OR id % 5 = 0").cache();
    double[] counts =
        data.groupBy("label").count().orderBy("label").collectAsList().stream()
            .mapToDouble(row -> row.getLong(1))
            .toArray();
    double rows = Arrays.stream(counts).sum();
    double[] weights = Arrays.stream(counts).map(count -> rows / (3 * count)).toArray();
    float[] balanced = head(ClassRows.small().setClassWeighting("balanced").fit(data));
    assertThat(head(ClassRows.small().setClassWeights(weights).fit(data))).isEqualTo(balanced);
    Dataset<Row> weighed =
        data.selectExpr(
            "*",
            "element_at(map('down', "
                + weights[0]
                + "D, 'flat', "
                + weights[1]
                + "D, 'up', "
                + weights[2]
                + "D), label) AS w");
    assertThat(head(ClassRows.small().setWeightCol("w").fit(weighed))).isEqualTo(balanced);
    assertThat(head(ClassRows.small().fit(data))).isNotEqualTo(balanced);
  }

  @Test
  void labelsOfAnyNumericTypeGiveTheSameBits() {
    Dataset<Row> data = ClassRows.numbers(spark, 64, 0);
    float[] expected = head(ClassRows.small().fit(data));
    for (String type : List.of("double", "bigint", "decimal(9,2)", "tinyint")) {
      Dataset<Row> cast = data.selectExpr("id", "features", "CAST(label AS " + type + ") AS label");
      assertThat(head(ClassRows.small().fit(cast))).as(type).isEqualTo(expected);
    }
  }

  @Test
  void everyExchangeAndPartitioningGivesTheSameBits() {
    Dataset<Row> data = ClassRows.texts(spark, 64).cache();
    RnnClassifier classifier =
        ClassRows.small()
            .setShardSize(4)
            .setClassWeighting("balanced")
            .setLabelSmoothing(0.1)
            .setValidationFraction(0.2);
    RnnClassificationModel expected = classifier.fit(data.repartition(1));
    for (String exchange : List.of("inProcess", "rpc", "job")) {
      for (int partitions : new int[] {1, 3, 8}) {
        RnnClassificationModel model =
            classifier.setExchange(exchange).fit(data.repartition(partitions));
        assertThat(model.labels()).containsExactly(expected.labels());
        assertThat(model.weights()).usingRecursiveComparison().isEqualTo(expected.weights());
        assertThat(model.summary().objectiveHistory())
            .containsExactly(expected.summary().objectiveHistory());
      }
    }
  }

  @Test
  void rowsWithoutALabelAreSkippedAndCounted() {
    Dataset<Row> data =
        ClassRows.texts(spark, 64).selectExpr("id", "features", "nullif(label, 'up') AS label");
    RnnClassificationModel model = ClassRows.small().setHandleInvalid("skip").fit(data);
    assertThat(model.labels()).containsExactly("down", "flat");
    long without = data.filter("label IS NULL").count();
    assertThat(without).isPositive();
    assertThat(model.summary().skippedRows()).isEqualTo(without);
    assertThat(model.evaluate(data).numInstances()).isEqualTo(64 - without);
    // Nor does an evaluation count labels that the model does not know.
    assertThat(model.evaluate(ClassRows.texts(spark, 64)).numInstances()).isEqualTo(64 - without);
  }

  @Test
  void keptRowsWithoutASequenceHaveNoPrediction() {
    RnnClassificationModel model =
        ClassRows.small().fit(ClassRows.texts(spark, 40)).setHandleInvalid("keep");
    Row row =
        model
            .setPredictedLabelCol("guess")
            .transform(
                ClassRows.texts(spark, 1).selectExpr("filter(features, x -> false) AS features"))
            .first();
    assertThat(IntStream.range(1, 5)).allMatch(row::isNullAt).hasSize(4);
  }

  @Test
  void probabilitiesOfOneSequenceAreThoseOfTransform() {
    RnnClassificationModel model = ClassRows.small().fit(ClassRows.texts(spark, 40));
    Row row = model.transform(ClassRows.texts(spark, 1)).first();
    List<Double> values = row.getList(row.fieldIndex("features"));
    float[][] sequence = new float[values.size()][1];
    for (int t = 0; t < sequence.length; t++) {
      sequence[t][0] = values.get(t).floatValue();
    }
    double[] expected = row.<Vector>getAs("probability").toArray();
    assertThat(model.predictProbability(sequence)).containsExactly(expected);
    assertThat(model.predictProbability(row)).containsExactly(expected);
    assertThat(model.describe()).contains("dense (Dense)").contains("(None, 3)");
  }

  private static float[] head(RnnClassificationModel model) {
    return model.weights().get("dense/kernel");
  }
}
