package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What a fit of labels of time steps gives. */
@ExtendWith(LocalSpark.class)
final class RnnTaggerTest {

  private final SparkSession spark;

  RnnTaggerTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> texts(int rows) {
    return TagRows.texts(spark, rows);
  }

  /** Right labels where every word always gets the label that it has most often. */
  private static double accuracyByWord(Dataset<Row> data) {
    return data.selectExpr("explode(arrays_zip(features, label)) AS pair")
        .groupBy("pair.features", "pair.label")
        .count()
        .groupBy("features")
        .agg(
            org.apache.spark.sql.functions.max("count").as("right"),
            org.apache.spark.sql.functions.sum("count").as("all"))
        .selectExpr("sum(right) / sum(all)")
        .first()
        .getDouble(0);
  }

  @Test
  void learnsFromTheWordsAroundFarAboveTheFloors() {
    RnnTaggingModel model = TagRows.learning().fit(texts(300).filter("id >= 100").cache());
    Dataset<Row> test = texts(300).filter("id < 100").cache();
    RnnTaggingSummary summary = model.evaluate(test);
    assertThat(model.labels()).containsExactly("B-A", "B-B", "I-A", "I-B", "O");
    assertThat(summary.majorityAccuracy()).isLessThan(0.65);
    assertThat(accuracyByWord(test)).isLessThan(0.93);
    assertThat(summary.accuracy()).isGreaterThan(0.98);
    assertThat(summary.macroF1()).isGreaterThan(0.95);
    assertThat(summary.entityF1().orElseThrow()).isGreaterThan(0.95);
    assertThat(summary.numInstances()).isEqualTo(100);
    assertThat(summary.numTimeSteps())
        .isEqualTo(test.selectExpr("sum(size(label))").first().getLong(0));
    assertThat(summary)
        .hasToString(
            String.format(
                java.util.Locale.ROOT,
                "RnnTaggingSummary: loss=%.4f, accuracy=%.4f, macroF1=%.4f,"
                    + " majorityAccuracy=%.4f, entityF1=%.4f, numTimeSteps=%d, numInstances=100",
                summary.loss(),
                summary.accuracy(),
                summary.macroF1(),
                summary.majorityAccuracy(),
                summary.entityF1().orElseThrow(),
                summary.numTimeSteps()));
  }

  @Test
  void oneDirectionSeesNoWordThatFollows() {
    RnnTaggingModel model = TagRows.learning().setBidirectional(false).fit(texts(300).cache());
    for (Row row : model.setPredictedLabelCol("guess").transform(texts(60)).collectAsList()) {
      List<Integer> words = row.getList(1);
      List<String> guesses = row.getList(row.fieldIndex("guess"));
      float[][] begun = new float[1][1];
      begun[0][0] = words.get(0);
      assertThat(model.predictLabels(begun)).containsExactly(guesses.get(0));
    }
  }

  @Test
  void addsOnePredictionForEachTimeStepAndOnlyWhatIsAskedFor() {
    RnnTaggingModel model = TagRows.small().fit(texts(40));
    Dataset<Row> plain = model.transform(texts(20));
    assertThat(plain.columns()).containsExactly("id", "features", "label", "prediction");
    Dataset<Row> predicted =
        model
            .setRawPredictionCol("raw")
            .setProbabilityCol("probability")
            .setPredictedLabelCol("guess")
            .transform(texts(20));
    StructField[] fields = predicted.schema().fields();
    assertThat(Arrays.stream(fields).skip(3).map(StructField::name))
        .containsExactly("raw", "probability", "prediction", "guess");
    assertThat(Arrays.stream(fields).skip(3).map(StructField::dataType))
        .containsExactly(
            array(SQLDataTypes.VectorType()),
            array(SQLDataTypes.VectorType()),
            array(DataTypes.DoubleType),
            array(DataTypes.StringType));
    for (Row row : predicted.collectAsList()) {
      int timeSteps = row.getList(1).size();
      List<Vector> raw = row.getList(3);
      List<Vector> probability = row.getList(4);
      List<Double> prediction = row.getList(5);
      List<String> guess = row.getList(6);
      assertThat(List.of(raw.size(), probability.size(), prediction.size(), guess.size()))
          .containsOnly(timeSteps);
      for (int t = 0; t < timeSteps; t++) {
        double[] exp = Arrays.stream(raw.get(t).toArray()).map(Math::exp).toArray();
        double sum = Arrays.stream(exp).sum();
        for (int k = 0; k < 5; k++) {
          assertThat(probability.get(t).apply(k)).isCloseTo(exp[k] / sum, within(1e-12));
        }
        assertThat(prediction.get(t)).isEqualTo(raw.get(t).argmax());
        assertThat(guess.get(t)).isEqualTo(model.labels()[raw.get(t).argmax()]);
      }
    }
    assertThat(predicted.select("prediction").collectAsList())
        .isEqualTo(plain.select("prediction").collectAsList());
    assertThat(predicted.schema()).isEqualTo(model.transformSchema(texts(1).schema()));
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, false);
  }

  @Test
  void predictionOfANumberIsTheNumber() {
    Dataset<Row> data = TagRows.numbers(spark, 150).cache();
    RnnTaggingModel model = TagRows.learning().fit(data);
    assertThat(model.labels()).containsExactly("-7", "3", "13", "23", "33");
    RnnTaggingSummary summary = model.evaluate(data);
    assertThat(summary.entityF1()).isEmpty();
    assertThat(summary.toString()).doesNotContain("entity");
    double right =
        model
            .transform(data)
            .selectExpr("explode(arrays_zip(prediction, label)) AS pair")
            .selectExpr("avg(double(pair.prediction = pair.label))")
            .first()
            .getDouble(0);
    assertThat(summary.accuracy()).isCloseTo(right, within(1e-12)).isGreaterThan(0.95);
    // Texts of the same order are the same network.
    assertSameBits(TagRows.learning().fit(texts(150)), model);
  }

  @Test
  void labelsOfAnyNumericTypeGiveTheSameBits() {
    Dataset<Row> data = TagRows.numbers(spark, 40);
    float[] expected = head(TagRows.small().fit(data));
    for (String type : List.of("double", "bigint", "decimal(9,2)", "int")) {
      Dataset<Row> cast =
          data.selectExpr("id", "features", "CAST(label AS array<" + type + ">) AS label");
      assertThat(head(TagRows.small().fit(cast))).as(type).isEqualTo(expected);
    }
  }

  @Test
  void timeStepsWithoutALabelAreReadAndNotTrainedOn() {
    Dataset<Row> data =
        texts(60)
            .selectExpr(
                "id",
                "features",
                "transform(label, (tag, t) -> if(t % 3 = 1, NULL, tag)) AS label",
                "transform(label, (tag, t) -> if(t % 3 = 1, 'B-A', tag)) AS whole",
                "transform(label, (tag, t) -> double(t % 3 <> 1)) AS importance")
            .cache();
    RnnTaggingModel model = TagRows.small().fit(data);
    // The same as with a label there that weighs nothing.
    RnnTaggingModel weighed =
        TagRows.small()
            .setWeightCol("importance")
            .fit(data.drop("label").withColumnRenamed("whole", "label"));
    assertSameBits(weighed, model);
    RnnTaggingSummary summary = model.evaluate(data);
    assertThat(summary.numTimeSteps())
        .isEqualTo(
            data.selectExpr("sum(size(filter(label, tag -> tag IS NOT NULL)))").first().getLong(0))
        .isLessThan(data.selectExpr("sum(size(label))").first().getLong(0));
    assertThat(summary.accuracy()).isCloseTo(model.summary().accuracy(), within(1e-9));
    int longest = model.transform(data).selectExpr("max(size(prediction))").first().getInt(0);
    assertThat(longest).isEqualTo(9);
    // What the unlabelled words are does matter to their neighbours.
    assertThat(
            head(
                TagRows.small()
                    .fit(
                        data.withColumn(
                            "features",
                            org.apache.spark.sql.functions.expr(
                                "transform(features, (word, t) -> if(t % 3 = 1, 0, word))")))))
        .isNotEqualTo(head(model));
  }

  @Test
  void weightOfARowIsThatOfAllItsTimeSteps() {
    Dataset<Row> data =
        texts(60)
            .selectExpr(
                "*",
                "double(1 + id % 3) AS w",
                "transform(label, tag -> double(1 + id % 3)) AS each")
            .cache();
    RnnTaggingModel byRow = TagRows.small().setWeightCol("w").fit(data);
    RnnTaggingModel byTimeStep = TagRows.small().setWeightCol("each").fit(data);
    assertSameBits(byTimeStep, byRow);
    assertThat(head(TagRows.small().fit(data))).isNotEqualTo(head(byRow));
    assertThat(byRow.evaluate(data).confusionMatrix())
        .isDeepEqualTo(byTimeStep.evaluate(data).confusionMatrix());
  }

  @Test
  void evaluationCountsByWeightOfTheTimeStep() {
    Dataset<Row> data =
        texts(60)
            .selectExpr("*", "transform(label, (tag, t) -> 0.5D + t % 4) AS importance")
            .cache();
    RnnTaggingModel model = TagRows.small().setWeightCol("importance").fit(data);
    RnnTaggingSummary summary = model.evaluate(data);
    double[][] expected = new double[5][5];
    List<String> labels = List.of(model.labels());
    for (Row row : model.transform(data).collectAsList()) {
      List<String> label = row.getList(2);
      List<Double> weight = row.getList(3);
      List<Double> prediction = row.getList(4);
      for (int t = 0; t < label.size(); t++) {
        expected[labels.indexOf(label.get(t))][prediction.get(t).intValue()] += weight.get(t);
      }
    }
    assertThat(summary.confusionMatrix()).isDeepEqualTo(expected);
    double all = Arrays.stream(expected).flatMapToDouble(Arrays::stream).sum();
    double right = IntStream.range(0, 5).mapToDouble(k -> expected[k][k]).sum();
    assertThat(summary.accuracy()).isCloseTo(right / all, within(1e-12));
  }

  @Test
  void evaluationAgreesWithTheSummaryOfTheFit() {
    Dataset<Row> data = texts(64);
    RnnTaggingModel untrained = TagRows.small().setEpochs(0).fit(data);
    double initialLoss = untrained.summary().objectiveHistory()[0];
    RnnTaggingSummary summary = untrained.evaluate(data);
    // Of a time step, not of a sequence.
    assertThat(initialLoss).isCloseTo(Math.log(5), within(0.3));
    assertThat(summary.loss()).isCloseTo(initialLoss, within(1e-5 * initialLoss));
    assertThat(untrained.summary().accuracy()).isCloseTo(summary.accuracy(), within(1e-9));
    assertThat(untrained.summary().entityF1().orElseThrow())
        .isCloseTo(summary.entityF1().orElseThrow(), within(1e-9));
    assertThat(untrained.summary().validationAccuracy()).isEmpty();
    assertThat(untrained.summary().validationEntityF1()).isEmpty();
  }

  @Test
  void summaryHasTheAccuraciesOfTheRowsHeldOut() {
    Dataset<Row> data = texts(150).selectExpr("*", "id < 50 AS held").cache();
    RnnTaggingModel model =
        TagRows.learning().setEpochs(4).setValidationIndicatorCol("held").fit(data);
    RnnTaggingSummary held = model.evaluate(data.filter("held"));
    assertThat(model.summary().validationAccuracy().orElseThrow())
        .isCloseTo(held.accuracy(), within(1e-9));
    assertThat(model.summary().validationEntityF1().orElseThrow())
        .isCloseTo(held.entityF1().orElseThrow(), within(1e-9));
    assertThat(model.summary().accuracy())
        .isCloseTo(model.evaluate(data.filter("not held")).accuracy(), within(1e-9));
    assertThat(model.summary().validationHistory()).hasSize(4);
    assertThat(model.summary().validationHistory()[3]).isCloseTo(held.loss(), within(1e-5));
  }

  @Test
  void severalColumnsStandSideBySide() {
    Dataset<Row> data =
        texts(200)
            .selectExpr(
                "id",
                "label",
                // Neither column alone tells the words apart.
                "transform(features, word -> word % 2) AS parity",
                "transform(features, word -> word div 2) AS half",
                "transform(features, word -> double(word) / 10) AS size")
            .cache();
    RnnTagger tagger =
        TagRows.learning()
            .setFeaturesCols("parity", "half", "size")
            .setEmbeddingSizes(3, 4, 0)
            .setVocabularySizes();
    RnnTaggingModel model = tagger.fit(data);
    assertThat(model.evaluate(data).accuracy()).isGreaterThan(0.97);
    assertThat(model.weights().get("embedding_0/embeddings")).hasSize(2 * 3);
    assertThat(model.weights().get("embedding_1/embeddings")).hasSize(3 * 4);
    assertThat(model.numFeatures()).isEqualTo(3);
    RnnTaggingModel partly =
        TagRows.learning()
            .setFeaturesCols("parity")
            .setEmbeddingSizes(3)
            .setVocabularySizes()
            .fit(data);
    assertThat(partly.evaluate(data).accuracy()).isLessThan(0.9);
  }

  @Test
  void everyExchangeAndPartitioningGivesTheSameBits() {
    Dataset<Row> data =
        texts(64)
            .selectExpr(
                "id",
                "features",
                "transform(label, (tag, t) -> if(t = 2, NULL, tag)) AS label",
                "transform(label, (tag, t) -> 0.25D + t) AS importance")
            .cache();
    RnnTagger tagger =
        TagRows.learning()
            .setEpochs(2)
            .setWeightCol("importance")
            .setShardSize(4)
            .setDropout(0.2)
            .setValidationFraction(0.2);
    RnnTaggingModel expected = tagger.fit(data.repartition(1));
    for (String exchange : List.of("inProcess", "rpc", "job")) {
      for (int partitions : new int[] {1, 3, 8}) {
        RnnTaggingModel model = tagger.setExchange(exchange).fit(data.repartition(partitions));
        assertThat(model.labels()).containsExactly(expected.labels());
        assertSameBits(model, expected);
        assertThat(model.summary().objectiveHistory())
            .containsExactly(expected.summary().objectiveHistory());
      }
    }
  }

  @Test
  void chainOfLabelsLearnsWhatMayFollow() {
    Dataset<Row> data = texts(250).cache();
    RnnTaggingModel model = TagRows.learning().setCrf(true).fit(data).setPredictedLabelCol("guess");
    RnnTaggingSummary summary = model.evaluate(data);
    assertThat(summary.accuracy()).isGreaterThan(0.97).isGreaterThan(accuracyByWord(data) + 0.05);
    assertThat(summary.entityF1().orElseThrow()).isGreaterThan(0.95);
    assertThat(summary.accuracy()).isCloseTo(model.summary().accuracy(), within(1e-9));
    // "O", place 4, before "I-A", place 2, never occurs, and "B-A", place 0, before it often does.
    float[] transitions = model.weights().get("crf/transitions");
    assertThat(transitions[4 * 5 + 2]).isLessThan(transitions[2] - 1);
    assertThat(model.describe()).contains("crf (LinearChainCrf)");
  }

  /** Of a network that sees one word at a time, only a chain can know what was before. */
  @Test
  void chainDecidesWhereTheNetworkCanNot() {
    Dataset<Row> data =
        texts(200)
            .selectExpr(
                "id",
                "array_repeat(0, size(label)) AS features",
                "transform(label, (tag, t) -> if(t % 2 = 0, 'even', 'odd')) AS label")
            .cache();
    RnnTagger tagger =
        new RnnTagger()
            .setCrf(true)
            .setUnits(2)
            .setKernelInitializer("zeros")
            .setRecurrentInitializer("zeros")
            .setOptimizer("lbfgs")
            .setEpochs(30)
            .setBatchSize(100);
    assertThat(tagger.fit(data).evaluate(data).accuracy()).isEqualTo(1);
  }

  @Test
  void lossOfTheChainIsThatOfATimeStep() {
    Dataset<Row> data =
        texts(64)
            .selectExpr(
                "id",
                "features",
                "transform(label, (tag, t) -> if(t % 4 = 1, NULL, tag)) AS label",
                "1.0D + id % 3 AS importance")
            .cache();
    RnnTagger tagger = TagRows.small().setEpochs(0).setWeightCol("importance");
    RnnTaggingModel plain = tagger.fit(data);
    RnnTaggingModel chain = tagger.setCrf(true).fit(data);
    // Transitions begin as 0: the losses are those of the time steps by themselves.
    double initialLoss = plain.summary().objectiveHistory()[0];
    assertThat(chain.summary().objectiveHistory()[0])
        .isCloseTo(initialLoss, within(1e-6 * initialLoss));
    assertThat(chain.evaluate(data).loss()).isCloseTo(initialLoss, within(1e-5 * initialLoss));
    assertThat(chain.evaluate(data).confusionMatrix())
        .isDeepEqualTo(plain.evaluate(data).confusionMatrix());
    RnnTaggingModel trained = TagRows.small().setWeightCol("importance").setCrf(true).fit(data);
    RnnTaggingModel again =
        TagRows.small()
            .setWeightCol("importance")
            .setCrf(true)
            .setValidationIndicatorCol("held")
            .fit(data.selectExpr("*", "id < 16 AS held"));
    assertThat(trained.evaluate(data).loss()).isLessThan(initialLoss);
    assertThat(again.summary().validationHistory()[1])
        .isCloseTo(again.evaluate(data.filter("id < 16")).loss(), within(1e-5));
  }

  @Test
  void everyExchangeAndPartitioningGivesTheSameBitsOfAChain() {
    Dataset<Row> data =
        texts(64)
            .selectExpr(
                "id",
                "features",
                "transform(label, (tag, t) -> if(t = 2, NULL, tag)) AS label",
                "0.5D + id % 5 AS importance")
            .cache();
    RnnTagger tagger =
        TagRows.learning()
            .setCrf(true)
            .setEpochs(2)
            .setWeightCol("importance")
            .setShardSize(4)
            .setValidationFraction(0.2);
    RnnTaggingModel expected = tagger.fit(data.repartition(1));
    for (String exchange : List.of("inProcess", "rpc", "job")) {
      for (int partitions : new int[] {1, 3, 8}) {
        RnnTaggingModel model = tagger.setExchange(exchange).fit(data.repartition(partitions));
        assertSameBits(model, expected);
        assertThat(model.summary().objectiveHistory())
            .containsExactly(expected.summary().objectiveHistory());
      }
    }
  }

  @Test
  void predictionsDoNotDependOnTheRowsAround() {
    RnnTaggingModel model = TagRows.learning().setEpochs(2).fit(texts(64));
    Dataset<Row> data = texts(64);
    List<Row> together = model.transform(data).select("prediction").collectAsList();
    assertThat(model.setPredictionBatchSize(1).transform(data).select("prediction").collectAsList())
        .isEqualTo(together);
  }

  @Test
  void rowsThatCanNotBeUsedAreSkippedAndCounted() {
    Dataset<Row> data =
        texts(64)
            .selectExpr(
                "id",
                "if(id = 3, filter(features, word -> false), features) AS features",
                "CASE WHEN id = 5 THEN NULL WHEN id = 7 THEN slice(label, 1, 0) ELSE label END"
                    + " AS label");
    RnnTaggingModel model = TagRows.small().setHandleInvalid("skip").fit(data);
    assertThat(model.summary().skippedRows()).isEqualTo(3);
    assertThat(model.evaluate(data).numInstances()).isEqualTo(61);
    assertThat(model.transform(data).count()).isEqualTo(63);
    // Nor does an evaluation count rows with labels that the model does not know.
    Dataset<Row> other =
        data.selectExpr(
            "id", "features", "transform(label, tag -> if(id < 10, 'X', tag)) AS label");
    assertThat(model.evaluate(other).numInstances()).isEqualTo(54);
  }

  @Test
  void keptRowsWithoutASequenceHaveNoPrediction() {
    RnnTaggingModel model =
        TagRows.small()
            .fit(texts(40))
            .setHandleInvalid("keep")
            .setPredictedLabelCol("guess")
            .setProbabilityCol("probability");
    Dataset<Row> data =
        texts(4).selectExpr("id", "if(id = 1, NULL, features) AS features", "label");
    List<Row> rows = model.transform(data).collectAsList();
    assertThat(rows).hasSize(4);
    assertThat(IntStream.range(3, 6)).allMatch(rows.get(1)::isNullAt);
    assertThat(IntStream.range(3, 6)).noneMatch(rows.get(2)::isNullAt);
    assertThat(model.evaluate(data).numInstances()).isEqualTo(3);
  }

  @Test
  void predictionsOfOneSequenceAreThoseOfTransform() {
    RnnTaggingModel model =
        TagRows.small()
            .fit(texts(40))
            .setPredictedLabelCol("guess")
            .setProbabilityCol("probability");
    Row row = model.transform(texts(3)).collectAsList().get(2);
    List<Integer> words = row.getList(1);
    float[][] sequence = new float[words.size()][1];
    for (int t = 0; t < sequence.length; t++) {
      sequence[t][0] = words.get(t);
    }
    String[] expected = row.<String>getList(row.fieldIndex("guess")).toArray(new String[0]);
    assertThat(model.predictLabels(sequence)).containsExactly(expected);
    assertThat(model.predictLabels(row)).containsExactly(expected);
    double[][] probabilities = model.predictProbabilities(sequence);
    assertThat(probabilities)
        .isDeepEqualTo(model.predictProbabilities(row))
        .isDeepEqualTo(
            row.<Vector>getList(row.fieldIndex("probability")).stream()
                .map(Vector::toArray)
                .toArray(double[][]::new));
    assertThat(model.describe()).contains("dense (Dense)").contains("(None, None, 5)");
    assertThat(model.numClasses()).isEqualTo(5);
  }

  private static void assertSameBits(RnnTaggingModel model, RnnTaggingModel expected) {
    assertThat(model.weights().keySet()).isEqualTo(expected.weights().keySet());
    expected
        .weights()
        .forEach(
            (name, tensor) -> assertThat(model.weights().get(name)).as(name).isEqualTo(tensor));
  }

  private static float[] head(RnnTaggingModel model) {
    return model.weights().get("dense/kernel");
  }
}
