package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** How a model predicts. */
@ExtendWith(LocalSpark.class)
final class TransformTest {

  private static SparkSession spark;
  private static RnnRegressionModel model;

  @BeforeAll
  static void fit(SparkSession session) {
    spark = session;
    model = SequenceRows.small().fit(SequenceRows.means(spark, 64));
  }

  @Test
  void predictionsBelongToTheirRowsWhateverTheLengths() {
    List<Row> rows = SequenceRows.meanRows(50);
    List<Row> predicted =
        model
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setPredictionBatchSize(7)
            .transform(SequenceRows.means(spark, 50).coalesce(1))
            .collectAsList();
    assertThat(predicted).hasSize(50);
    for (int i = 0; i < 50; i++) {
      double alone = model.predict(column((double[]) rows.get(i).get(1)))[0];
      assertThat(predicted.get(i).getLong(0)).isEqualTo(i);
      assertThat(predicted.get(i).getDouble(3))
          .isCloseTo(alone, org.assertj.core.data.Offset.offset(1e-5));
    }
  }

  private static float[][] column(double[] values) {
    float[][] column = new float[values.length][1];
    for (int t = 0; t < values.length; t++) {
      column[t][0] = (float) values[t];
    }
    return column;
  }

  @Test
  void rowAndArrayGiveTheSamePrediction() {
    Row row = SequenceRows.means(spark, 1).first();
    double[] values = row.<Double>getList(1).stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(model.predict(row)).containsExactly(model.predict(column(values)));
  }

  @Test
  void readsOneBatchForOneRow() {
    LongAccumulator read = spark.sparkContext().longAccumulator();
    Dataset<Row> counted =
        SequenceRows.means(spark, 1000)
            .coalesce(1)
            .filter(
                (org.apache.spark.api.java.function.FilterFunction<Row>)
                    row -> {
                      read.add(1);
                      return true;
                    });
    RnnRegressionModel small = model.copy(org.apache.spark.ml.param.ParamMap.empty());
    small.setPredictionBatchSize(32).transform(counted).limit(1).collectAsList();
    assertThat(read.value()).isEqualTo(32);
  }

  @Test
  void skipLeavesRowsOutAndKeepPredictsNull() {
    Dataset<Row> data = SequenceRows.withRow17(spark, new double[] {1, Double.NaN}, 0.0);
    RnnRegressionModel policy = model.copy(org.apache.spark.ml.param.ParamMap.empty());
    assertThat(policy.setHandleInvalid("skip").transform(data).count()).isEqualTo(17);
    List<Row> kept =
        policy.setHandleInvalid("keep").transform(data).where("prediction IS NULL").collectAsList();
    assertThat(kept).extracting(row -> row.getLong(0)).containsExactly(17L);
  }

  @Test
  void attentionGivesEveryTimeStepItsWeight() {
    RnnRegressionModel attending =
        SequenceRows.small()
            .setPooling("attention")
            .setBidirectional(true)
            .setEpochs(20)
            .setLearningRate(0.02)
            .fit(SequenceRows.means(spark, 64));
    Dataset<Row> predicted =
        attending
            .setAttentionCol("weights")
            .setPredictionBatchSize(7)
            .setHandleInvalid("keep")
            .transform(SequenceRows.withRow17(spark, null, 0.0));
    assertThat(predicted.schema().apply("weights").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.FloatType, false));
    List<Row> rows = predicted.select("id", "features", "weights").collectAsList();
    assertThat(rows).hasSize(18);
    int uneven = 0;
    for (Row row : rows.subList(0, 17)) {
      List<Float> weights = row.getList(2);
      assertThat(weights).hasSameSizeAs(row.getList(1));
      assertThat(weights.stream().mapToDouble(Float::doubleValue).sum())
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
      uneven += weights.stream().distinct().count() > 1 ? 1 : 0;
    }
    assertThat(uneven).isEqualTo(15);
    assertThat(rows.get(17).isNullAt(2)).isTrue();
    assertThat(attending.weights())
        .containsKeys("attention_pooling/kernel", "attention_pooling/query");
  }

  /** If it fails, weights that are looked at in SQL are not those that predict. */
  @Test
  void weightsAreATable() {
    List<Row> rows = model.weightsDataFrame(spark).collectAsList();
    assertThat(rows)
        .extracting(row -> row.getString(0))
        .containsExactlyElementsOf(model.weights().keySet());
    for (Row row : rows) {
      assertThat(row.<Integer>getList(1)).isEqualTo(model.weightShapes().get(row.getString(0)));
      float[] weights = model.weights().get(row.getString(0));
      List<Float> values = row.getList(2);
      assertThat(values).hasSize(weights.length);
      for (int i = 0; i < weights.length; i++) {
        assertThat(values.get(i)).isEqualTo(weights[i]);
      }
    }
  }

  @Test
  void labelsAreNotNeeded() {
    Dataset<Row> unlabelled = SequenceRows.means(spark, 5).drop("label");
    assertThat(model.transform(unlabelled).count()).isEqualTo(5);
  }

  @Test
  void metadataOfOtherColumnsStays() {
    Metadata metadata = new MetadataBuilder().putString("unit", "volt").build();
    Dataset<Row> data = SequenceRows.means(spark, 5);
    Dataset<Row> described = data.withMetadata("label", metadata);
    assertThat(model.transform(described).schema().apply("label").metadata()).isEqualTo(metadata);
  }

  @Test
  @Timeout(120)
  void streamsThroughAPipelineAndKeepsTheWatermark(@TempDir Path directory) throws Exception {
    String input = directory.resolve("in").toString();
    Dataset<Row> timed =
        SequenceRows.means(spark, 20).selectExpr("*", "timestamp_seconds(id * 60) AS at");
    timed.write().json(input);
    PipelineModel pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {SequenceRows.small()})
            .fit(SequenceRows.means(spark, 64));
    Dataset<Row> stream = spark.readStream().schema(timed.schema()).json(input);
    // Append mode refuses this aggregation where the watermark is lost.
    Dataset<Row> counts =
        pipeline
            .transform(stream.withWatermark("at", "1 minute"))
            .groupBy(
                org.apache.spark.sql.functions.window(
                    org.apache.spark.sql.functions.col("at"), "10 minutes"))
            .count();
    StreamingQuery query =
        counts
            .writeStream()
            .format("memory")
            .queryName("windows")
            .outputMode("append")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(query.exception().isEmpty()).isTrue();
    assertThat(spark.table("windows").schema().fieldNames()).contains("count");
  }

  @Test
  @Timeout(120)
  void streamedPredictionsEqualBatchOnes(@TempDir Path directory) throws Exception {
    String input = directory.resolve("in").toString();
    Dataset<Row> batch = SequenceRows.means(spark, 30);
    batch.write().json(input);
    StreamingQuery query =
        model
            .transform(spark.readStream().schema(batch.schema()).json(input))
            .writeStream()
            .format("memory")
            .queryName("predictions")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(spark.table("predictions").orderBy("id").select("prediction").count()).isEqualTo(30);
    double largestDifference =
        spark
            .table("predictions")
            .withColumnRenamed("prediction", "streamed")
            .join(model.transform(batch).select("id", "prediction"), "id")
            .selectExpr("max(abs(streamed - prediction))")
            .first()
            .getDouble(0);
    assertThat(largestDifference).isLessThan(1e-5);
  }

  @Test
  void vectorsPerTimeStepGiveTheSameAsNestedArrays() {
    Dataset<Row> nested =
        SequenceRows.means(spark, 64)
            .selectExpr("id", "transform(features, x -> array(x, 2 * x)) AS features", "label");
    RnnRegressionModel two = SequenceRows.small().fit(nested);
    Row first = nested.first();
    List<Row> vectors =
        List.of(
            RowFactory.create(
                first.<scala.collection.Seq<Double>>getList(1).stream()
                    .map(step -> vector(step))
                    .toArray()));
    Dataset<Row> asVectors =
        spark.createDataFrame(
            List.of(RowFactory.create((Object) rowValues(vectors.get(0)))),
            new org.apache.spark.sql.types.StructType()
                .add(
                    "features",
                    DataTypes.createArrayType(
                        org.apache.spark.ml.linalg.SQLDataTypes.VectorType())));
    double fromVectors = two.transform(asVectors).first().getDouble(1);
    assertThat(fromVectors)
        .isCloseTo(two.predict(first)[0], org.assertj.core.data.Offset.offset(1e-6));
    assertThat(two.numFeatures()).isEqualTo(2);
  }

  private static Object[] rowValues(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  private static org.apache.spark.ml.linalg.Vector vector(scala.collection.Seq<Double> step) {
    double[] values = new double[step.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = step.apply(i);
    }
    return org.apache.spark.ml.linalg.Vectors.dense(values);
  }

  @Test
  void rowFunctionAfterTransformGetsRowsAsSparkDecodesThem() {
    RnnRegressionModel pairs = SequenceRows.small().fit(SequenceRows.pairs(spark, 64));
    Dataset<Double> sums =
        pairs
            .transform(SequenceRows.pairs(spark, 20))
            .map(
                (org.apache.spark.api.java.function.MapFunction<Row, Double>)
                    row -> row.<Double>getList(row.fieldIndex("prediction")).get(1),
                org.apache.spark.sql.Encoders.DOUBLE());
    assertThat(sums.collectAsList()).hasSize(20).doesNotContainNull();
  }
}
