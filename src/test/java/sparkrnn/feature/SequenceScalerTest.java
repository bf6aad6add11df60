package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/** How sequences are scaled, and back. */
@ExtendWith(LocalSpark.class)
final class SequenceScalerTest {

  private final SparkSession spark;

  SequenceScalerTest(SparkSession spark) {
    this.spark = spark;
  }

  private static SequenceScaler scaler() {
    return new SequenceScaler().setInputCol("features");
  }

  /** One feature: 1, 2, 3 and 10, in sequences of lengths 3 and 1. */
  private Dataset<Row> flat() {
    return spark.sql(
        "SELECT * FROM VALUES (1, array(1, 3, 10)), (2, array(2)) AS rows(id, features)");
  }

  /** Two features, the second of them constant; meters a and b. */
  private Dataset<Row> meters() {
    return spark.sql(
        """
        SELECT * FROM VALUES
          (1, 'a', array(array(1D, 7D), array(3D, 7D))),
          (2, 'b', array(array(10D, 7D), array(20D, 7D), array(30D, 7D))),
          (3, 'a', array(array(5D, 7D)))
        AS rows(id, meter, features)""");
  }

  private static List<String> scaled(Dataset<Row> rows) {
    return column(rows, "scaledFeatures");
  }

  private static List<String> column(Dataset<Row> rows, String name) {
    return rows.orderBy("id").select(ColumnCheck.column(name)).collectAsList().stream()
        .map(row -> String.valueOf(SeriesRows.plain(row.get(0))))
        .toList();
  }

  @Test
  void standardIsThatOfASample() {
    SequenceScalerModel model = scaler().fit(flat());
    // mean 4, squares of the differences 9 + 4 + 1 + 36 = 50 over 3
    double deviation = Math.sqrt(50.0 / 3);
    assertThat(model.offsets()).containsExactly(4);
    assertThat(model.divisors()).containsExactly(deviation);
    assertThat(scaled(model.transform(flat())))
        .containsExactly(
            List.of(-3 / deviation, -1 / deviation, 6 / deviation).toString(),
            List.of(-2 / deviation).toString());
  }

  @Test
  void minMaxIsFromZeroToOne() {
    SequenceScalerModel model = scaler().setScaler("minMax").fit(flat());
    assertThat(scaled(model.transform(flat())))
        .containsExactly(List.of(0.0, 2 / 9.0, 1.0).toString(), List.of(1 / 9.0).toString());
  }

  @Test
  void robustIsMedianAndQuartiles() {
    SequenceScalerModel model = scaler().setScaler("robust").fit(flat());
    // 1 2 3 10: quartiles 1.75 and 4.75, drawn between neighbours
    assertThat(model.offsets()).containsExactly(2.5);
    assertThat(model.divisors()).containsExactly(3);
    assertThat(scaled(model.transform(flat())))
        .containsExactly(List.of(-0.5, 0.5 / 3, 2.5).toString(), List.of(-0.5 / 3).toString());
  }

  @Test
  void constantFeaturesAreOnlyShifted() {
    for (String kind : new String[] {"standard", "minMax", "robust"}) {
      SequenceScalerModel model = scaler().setScaler(kind).fit(meters());
      assertThat(model.offsets()[1]).isEqualTo(7);
      assertThat(model.divisors()[1]).isEqualTo(1);
      assertThat(model.numFeatures()).isEqualTo(2);
    }
    assertThat(scaled(scaler().setScaler("minMax").fit(meters()).transform(meters())).get(2))
        .isEqualTo(List.of(List.of(4 / 29.0, 0.0)).toString());
  }

  @Test
  void eachKeyHasItsOwnStatistics() {
    SequenceScalerModel model = scaler().setScaler("minMax").setKeyCols("meter").fit(meters());
    assertThat(model.numKeys()).isEqualTo(2);
    assertThat(scaled(model.transform(meters())))
        .containsExactly(
            "[[0.0, 0.0], [0.5, 0.0]]", "[[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]", "[[1.0, 0.0]]");
    assertThat(model.offsets()).containsExactly(1, 7);
    assertThat(model.divisors()).containsExactly(29, 1);
  }

  @Test
  void keysOfAnyTypeAreFoundInAnyTimeZone() {
    Dataset<Row> data =
        flat()
            .selectExpr(
                "id",
                "features",
                "id = 1 AS flag",
                "date_add(date'2024-02-28', id) AS day",
                "timestamp_seconds(id) AS at",
                "cast(id AS decimal(9, 2)) AS price");
    SequenceScalerModel model =
        scaler().setScaler("minMax").setKeyCols("flag", "day", "at", "price").fit(data);
    String zone = spark.conf().get("spark.sql.session.timeZone");
    spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    try {
      assertThat(scaled(model.transform(data)))
          .containsExactly(List.of(0.0, 2 / 9.0, 1.0).toString(), "[0.0]");
    } finally {
      spark.conf().set("spark.sql.session.timeZone", zone);
    }
  }

  @Test
  void unseenAndNullKeys() {
    Dataset<Row> unseen =
        spark.sql(
            """
            SELECT * FROM VALUES
              (1, 'c', array(array(30D, 7D))), (2, 'a', array(array(5D, 7D))),
              (3, null, array(array(1D, 7D)))
            AS rows(id, meter, features)""");
    SequenceScalerModel model = scaler().setScaler("minMax").setKeyCols("meter").fit(meters());
    messageInJob(() -> model.transform(unseen.filter("id = 1")).collectAsList())
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] SequenceScalerModel: column \"features\" (inputCol): the row with"
                + " id 1 has the key \"c\" (keyCols), which no row of the fit had; keep scales it by the"
                + " statistics of all rows. Mend the row, or set handleInvalid to \"skip\" or \"keep\"."
                + " SQLSTATE: P0001");
    assertThat(scaled(model.setHandleInvalid("skip").transform(unseen)))
        .containsExactly("[[1.0, 0.0]]");
    assertThat(scaled(model.setHandleInvalid("keep").transform(unseen)))
        .containsExactly("[[1.0, 0.0]]", "[[1.0, 0.0]]", "[[0.0, 0.0]]");
    messageInJob(() -> scaler().setKeyCols("meter").fit(unseen))
        .contains("the row with id 3 has a null key (keyCols); every row needs a key. Mend");
    SequenceScalerModel without =
        scaler().setHandleInvalid("keep").setScaler("minMax").setKeyCols("meter").fit(unseen);
    assertThat(without.numKeys()).isEqualTo(2);
    assertThat(without.offsets()).containsExactly(5, 7);
  }

  private static Dataset<Row> asVectors(Dataset<Row> data) {
    return data.withColumn(
        "features",
        functions.transform(
            functions.col("features"), org.apache.spark.ml.functions::array_to_vector));
  }

  @Test
  void vectorsAndOtherNumbersAreScaledAsDoublesAre() {
    SequenceScalerModel model = scaler().fit(meters());
    List<String> expected = scaled(model.transform(meters()));
    Dataset<Row> vectors = asVectors(meters());
    assertThat(scaled(scaler().fit(vectors).transform(vectors))).isEqualTo(expected);
    for (String type : new String[] {"float", "bigint", "decimal(9,3)"}) {
      Dataset<Row> cast =
          meters()
              .withColumn(
                  "features", functions.expr("cast(features AS array<array<" + type + ">>)"));
      assertThat(scaled(scaler().fit(cast).transform(cast))).isEqualTo(expected);
    }
  }

  @Test
  void labelsAndPredictionsOfChosenFeatures() {
    SequenceScalerModel model = scaler().setScaler("minMax").setKeyCols("meter").fit(meters());
    Dataset<Row> data =
        meters()
            .selectExpr(
                "*",
                "if(meter = 'a', 3, 15) AS label",
                "array(7D, 5D, 9D, 1D) AS targets",
                "array(array(7D, 5D)) AS swapped");
    Dataset<Row> scaled =
        new PipelineChain(
                model.scale("label", "one", 0),
                model.scale("targets", "row", 1, 0),
                model.scale("swapped", "nested", 1, 0),
                model.inverse("one", "back", 0),
                model.inverse("row", "rowBack", 1, 0))
            .transform(data.withColumn("vector", functions.expr("targets")));
    assertThat(scaled.schema().apply("one").dataType().simpleString()).isEqualTo("double");
    assertThat(column(scaled, "one")).containsExactly("0.5", "0.25", "0.5");
    // Meter a: feature 0 from 1 to 5, feature 1 constant 7, in turn 1, 0, 1, 0.
    assertThat(column(scaled, "row").get(0)).isEqualTo("[0.0, 1.0, 2.0, 0.0]");
    assertThat(column(scaled, "nested").get(0)).isEqualTo("[[0.0, 1.0]]");
    assertThat(column(scaled, "back")).containsExactly("3.0", "15.0", "3.0");
    assertThat(column(scaled, "rowBack")).containsOnly("[7.0, 5.0, 9.0, 1.0]");
  }

  /** Stages one after the other. */
  private record PipelineChain(SequenceScalerModel... stages) {
    Dataset<Row> transform(Dataset<Row> data) {
      for (SequenceScalerModel stage : stages) {
        data = stage.transform(data);
      }
      return data;
    }
  }

  @Test
  void vectorLabels() {
    SequenceScalerModel model = scaler().setScaler("minMax").fit(meters());
    Dataset<Row> data =
        meters()
            .withColumn(
                "label",
                org.apache.spark.ml.functions.array_to_vector(functions.expr("array(30D, 8D)")));
    Dataset<Row> scaled = model.scale("label", "scaled").transform(data);
    assertThat(column(scaled, "scaled")).containsOnly("[1.0, 1.0]");
  }

  @Test
  void inverseGivesTheSequencesBack() {
    for (String kind : new String[] {"standard", "minMax", "robust"}) {
      SequenceScalerModel model = scaler().setScaler(kind).setKeyCols("meter").fit(meters());
      Dataset<Row> back =
          model.inverse("scaledFeatures", "back").transform(model.transform(meters()));
      double largest =
          back.selectExpr(
                  "explode(zip_with(flatten(features), flatten(back), (x, y) -> abs(x - y))) AS d")
              .selectExpr("max(d)")
              .first()
              .getDouble(0);
      assertThat(largest).as(kind).isLessThan(1e-12);
    }
  }

  @Test
  void statisticsDoNotDependOnThePartitions() {
    Dataset<Row> data =
        spark
            .range(150)
            .selectExpr(
                "id",
                "id % 3 AS meter",
                "transform(sequence(0, id % 7), i -> array(sin(id + i) * pow(10, id % 20), i / 3))"
                    + " AS features");
    for (String kind : new String[] {"standard", "minMax", "robust"}) {
      SequenceScaler scaler = scaler().setScaler(kind).setKeyCols("meter");
      List<String> expected = scaled(scaler.fit(data.coalesce(1)).transform(data));
      SequenceScalerModel model = scaler.fit(data.repartition(5, functions.expr("hash(id)")));
      assertThat(scaled(model.transform(data))).as(kind).isEqualTo(expected);
    }
  }

  private Dataset<Row> spoilt() {
    return spark.sql(
        """
        SELECT * FROM VALUES
          (1, array(array(1D, 2D), array(3D, 4D))),
          (2, null),
          (3, array(array(1D, 2D), array(3D))),
          (4, array(array(1D, double('NaN')))),
          (5, array(array(5D, 6D), null)),
          (6, array(array(1D, null))),
          (7, array(array(1e200D, 1D))),
          (8, array())
        AS rows(id, features)""");
  }

  @Test
  void skipLeavesRowsOutAndKeepTakesThem() {
    SequenceScalerModel model = scaler().setScaler("minMax").setHandleInvalid("skip").fit(spoilt());
    assertThat(model.offsets()).containsExactly(1, 2);
    assertThat(model.divisors()).containsExactly(2, 2);
    assertThat(scaled(model.transform(spoilt()))).containsExactly("[[0.0, 0.0], [1.0, 1.0]]", "[]");
    assertThat(scaled(model.setHandleInvalid("keep").transform(spoilt())))
        .containsExactly(
            "[[0.0, 0.0], [1.0, 1.0]]",
            "null",
            "null",
            "[[0.0, NaN]]",
            "null",
            "[[0.0, NaN]]",
            "[[5.0E199, -0.5]]",
            "[]");
  }

  @Test
  void errorNamesTheRowAndTheTimeStep() {
    List<String> messages =
        List.of(
            "the row with id 2 holds null; every row needs its numbers",
            "the row with id 3 has 1 features at time step 1; all time steps of all rows need 2",
            "the row with id 4 holds NaN at time step 0, feature 1; numbers must be finite",
            "the row with id 5 holds null at time step 1; every time step needs its features",
            "the row with id 6 holds null at time step 0, feature 1; numbers must be finite",
            "the row with id 7 holds 1.0E200 at time step 0, feature 0; numbers must be at most 1e150");
    SequenceScalerModel model = scaler().fit(spoilt().filter("id = 1"));
    for (int i = 0; i < messages.size(); i++) {
      String end =
          ": column \"features\" (inputCol): "
              + messages.get(i)
              + ". Mend the row, or set handleInvalid to \"skip\" or \"keep\". SQLSTATE: P0001";
      Dataset<Row> data = spoilt().filter("id = 1 OR id = " + (i + 2));
      messageInJob(() -> scaler().fit(data))
          .isEqualTo("[USER_RAISED_EXCEPTION] SequenceScaler" + end);
      messageInJob(() -> model.transform(data).collectAsList())
          .isEqualTo("[USER_RAISED_EXCEPTION] SequenceScalerModel" + end);
    }
  }

  @Test
  void numbersThatAreNoWholeTimeStep() {
    SequenceScalerModel model = scaler().fit(meters());
    Dataset<Row> data =
        meters().filter("id = 1").withColumn("label", functions.expr("array(1, 2, 3)"));
    messageInJob(() -> model.scale("label", "scaled").transform(data).collectAsList())
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] SequenceScalerModel: column \"label\" (inputCol): the row with id 1"
                + " has 3 numbers in a row; there must be 2, one for each feature, or a multiple of it."
                + " Mend the row, or set handleInvalid to \"skip\" or \"keep\". SQLSTATE: P0001");
  }

  @Test
  void nothingToLearnFrom() {
    for (String ids : new String[] {"id = 8", "id = 2", "id > 9"}) {
      messageOf(() -> scaler().setHandleInvalid("skip").fit(spoilt().filter(ids)))
          .isEqualTo(
              "SequenceScaler: column \"features\" (inputCol) has no number to learn from; at least one"
                  + " row must hold a sequence that can be used. Check the column and handleInvalid"
                  + " (\"skip\").");
    }
  }

  @Test
  void columnsAreCheckedBeforeAnyJob() {
    Dataset<Row> data = meters().selectExpr("*", "1 AS n", "map(1, 2) AS m");
    messageOf(() -> new SequenceScaler().fit(data))
        .contains(
            "SequenceScaler: inputCol is not set; it is needed: column to scale: array<number>");
    messageOf(() -> scaler().setInputCol("n").fit(data))
        .isEqualTo(
            "SequenceScaler: column \"n\" (inputCol) is int; it must be array<double>, array<float>,"
                + " array<array<...>> or array<vector>. Turn it into an array first, for example with"
                + " SequenceAssembler.");
    messageOf(() -> scaler().setKeyCols("m").fit(data))
        .isEqualTo(
            "SequenceScaler: column \"m\" (keyCols) is map<int,int>; it must be text, a whole number,"
                + " decimal, boolean, date or timestamp. Cast it, for example to string.");
    messageOf(() -> scaler().setOutputCol("n").fit(data))
        .isEqualTo(
            "SequenceScaler: the data already has a column \"n\" (outputCol); it would be overwritten."
                + " Drop or rename it, or set outputCol to another name.");
    SequenceScalerModel model = scaler().setKeyCols("meter").fit(data);
    messageOf(() -> model.transform(data.drop("meter")))
        .isEqualTo(
            "SequenceScalerModel: there is no column \"meter\" (keyCols) in the data; it has \"id\","
                + " \"features\", \"n\", \"m\". Set keyCols to one of them.");
    messageOf(() -> model.scale("meter", "x").transform(data))
        .isEqualTo(
            "SequenceScalerModel: column \"meter\" (inputCol) is string; it must be a number, a vector,"
                + " array<number>, array<array<number>> or array<vector>. Cast it, or name another"
                + " column.");
    messageOf(() -> model.scale("n", "x").transform(data))
        .isEqualTo(
            "SequenceScalerModel: column \"n\" (inputCol) is int, one number, and 2 features are scaled;"
                + " it can hold one. Set featureIndices to the feature that it holds.");
    messageOf(() -> model.scale("n", "x", 2).transform(data))
        .isEqualTo(
            "SequenceScalerModel: featureIndices is [2]; the model has features 0 to 1. Set"
                + " featureIndices to some of them.");
  }

  @Test
  void paramsAreChecked() {
    messageOf(() -> new SequenceScaler().setScaler("zscore"))
        .isEqualTo(
            "SequenceScaler: scaler is \"zscore\"; it must be one of \"standard\", \"minMax\","
                + " \"robust\".");
    messageOf(() -> scaler().fit(flat()).setFeatureIndices(0, -1))
        .isEqualTo(
            "SequenceScalerModel: featureIndices is [0, -1]; it must be places of features, counted from"
                + " 0.");
  }

  @Test
  void schemaIsAsPromised() {
    SequenceScalerModel model = scaler().fit(meters());
    for (Dataset<Row> data : List.of(meters(), asVectors(meters()))) {
      assertThat(model.transform(data).schema())
          .isEqualTo(model.transformSchema(data.schema()))
          .satisfies(
              schema ->
                  assertThat(schema.apply("scaledFeatures").dataType().simpleString())
                      .isEqualTo("array<array<double>>"));
    }
    assertThat(model.toString())
        .isEqualTo(
            "SequenceScalerModel: uid="
                + model.uid()
                + ", scaler=standard, inverse=false, numFeatures=2, numKeys=0");
  }

  @Test
  void loadedModelScalesTheSame(@TempDir Path directory) throws Exception {
    SequenceScalerModel model = scaler().setKeyCols("meter").fit(meters());
    String path = directory.resolve("model").toString();
    model.save(path);
    SequenceScalerModel loaded = SequenceScalerModel.load(path);
    assertThat(loaded.offsets()).containsExactly(model.offsets());
    assertThat(scaled(loaded.transform(meters()))).isEqualTo(scaled(model.transform(meters())));
    messageOf(() -> TokenIndexerModel.load(path))
        .isEqualTo(
            "TokenIndexerModel at "
                + path
                + ": there is no file vocabulary.json; the directory is not whole or holds something"
                + " else. Save the model again, or load another path.");
  }

  @Test
  void modelWithoutStatisticsSaysSo() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new SequenceScalerModel().setInputCol("features").transform(flat())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "SequenceScalerModel: this model has no statistics; it comes from a constructor. Take a"
                + " model from SequenceScaler.fit or SequenceScalerModel.load.");
  }

  @Test
  @Timeout(120)
  void streamsAsABatchDoes(@TempDir Path directory) throws Exception {
    SequenceScalerModel model = scaler().setKeyCols("meter").fit(meters());
    Dataset<Row> streamed = Streams.through(model, meters(), directory, "streamed_scales");
    assertThat(scaled(streamed)).hasSize(3).isEqualTo(scaled(model.transform(meters())));
  }

  @Test
  void windowsLabelsAndForecastsInOnePipeline(@TempDir Path directory) throws Exception {
    Dataset<Row> waves =
        spark.sql(
            "SELECT id % 2 AS meter, id AS at, 1000 * (id % 2 + 1) + 50 * sin(id / 6) AS load"
                + " FROM range(160)");
    SlidingWindow windows =
        new SlidingWindow()
            .setKeyCols("meter")
            .setTimeCol("at")
            .setValueCols("load")
            .setWindowSize(8);
    SequenceScalerModel scaler = scaler().setKeyCols("meter").fit(windows.transform(waves));
    RnnRegressor regressor =
        new RnnRegressor()
            .setFeaturesCol("scaledFeatures")
            .setLabelCol("scaledLabel")
            .setUnits(8)
            .setBatchSize(16)
            .setLearningRate(0.02)
            .setEpochs(20)
            .setSeed(5);
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  windows,
                  scaler,
                  scaler.scale("label", "scaledLabel", 0),
                  regressor,
                  scaler.inverse("prediction", "forecast", 0)
                })
            .fit(waves);
    String path = directory.resolve("model").toString();
    model.save(path);
    Dataset<Row> forecasts = PipelineModel.load(path).transform(waves);
    Row errors =
        forecasts
            .selectExpr("avg(abs(forecast - label))", "avg(abs(element_at(features, -1) - label))")
            .first();
    // In the unit of the label, and better than the last value of the window.
    assertThat(errors.getDouble(0)).isLessThan(errors.getDouble(1));
    assertThat(forecasts.selectExpr("forecast").collectAsList())
        .isEqualTo(model.transform(waves).selectExpr("forecast").collectAsList());
  }
}
