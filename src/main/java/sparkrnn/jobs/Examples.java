package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The sequences of a job, each marked "train", "validation", "test" or "unused" in a column.
 *
 * @param rows with the column {@link #PART}
 * @param scaler what the rows went through before windows were made, if anything
 * @param features what the sequences went through, fitted to the training rows
 */
record Examples(Dataset<Row> rows, Optional<Standardization> scaler, List<Transformer> features) {

  static final String PART = "part";
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";

  private Examples(Dataset<Row> rows) {
    this(rows, Optional.empty(), List.of());
  }

  Examples(Dataset<Row> rows, Optional<Standardization> scaler) {
    this(rows, scaler, List.of());
  }

  /** After these stages, fitted to the training rows alone. */
  Examples through(List<PipelineStage> stages) {
    if (stages.isEmpty()) {
      return this;
    }
    PipelineModel fitted =
        new Pipeline().setStages(stages.toArray(new PipelineStage[0])).fit(part(TRAIN));
    return new Examples(fitted.transform(rows).cache(), scaler, List.of(fitted.stages()));
  }

  /** A column by its plain name, whatever characters it has. */
  static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  Dataset<Row> part(String part) {
    return rows.filter(functions.col(PART).equalTo(part));
  }

  boolean has(String part) {
    return !part(part).isEmpty();
  }

  /**
   * Looks for training examples.
   *
   * @throws JobException if there are none; says what the parts hold
   */
  void checkTraining() {
    if (!has(TRAIN)) {
      String found =
          rows.groupBy(PART).count().orderBy(PART).collectAsList().stream()
              .map(row -> "\"" + row.get(0) + "\" " + row.get(1))
              .collect(Collectors.joining(", "));
      throw new JobException(
          "no example is for training; of the parts train, validation and test there are: "
              + (found.isEmpty() ? "none" : found)
              + ". Check the sections split and window.");
    }
  }

  private static void checkColumn(Dataset<Row> rows, String key, String column) {
    List<String> columns = List.of(rows.columns());
    if (!columns.contains(column)) {
      throw new JobException(
          key
              + " is \""
              + column
              + "\" and the examples have no such column; they have \""
              + String.join("\", \"", columns)
              + "\".");
    }
  }

  /**
   * Numbers all rows in the order of a column, rows of equal values by their content, and marks
   * them by their places: the same on any cluster.
   */
  static Examples inOrder(Dataset<Row> rows, String by, JobConfig config) {
    checkColumn(rows, "split.by", by);
    Dataset<Row> sorted = rows.orderBy(functions.col("`" + by + "`"), contentHash(rows, 0)).cache();
    SplitSizes sizes = SplitSizes.of(config, sorted.count());
    JavaRDD<Row> marked =
        sorted.toJavaRDD().zipWithIndex().map(pair -> append(pair._1(), sizes.part(pair._2())));
    return new Examples(
        rows.sparkSession()
            .createDataFrame(marked, rows.schema().add(PART, DataTypes.StringType, false))
            .cache());
  }

  private static Row append(Row row, String part) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    values.add(part);
    return RowFactory.create(values.toArray());
  }

  /** Marks rows at random, by their content and the seed: the same on any cluster. */
  static Examples atRandom(Dataset<Row> rows, JobConfig config) {
    double train = config.number("split.train", 0.8);
    double validation = config.number("split.validation", 0);
    if (train <= 0 || validation < 0 || train + validation > 1) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "split.train %s and split.validation %s must be fractions that leave something for the test.",
              train,
              validation));
    }
    Column uniform =
        functions
            .shiftrightunsigned(contentHash(rows, config.whole("split.seed", 0)), 11)
            .cast("double")
            .divide(functions.lit((double) (1L << 53)));
    return new Examples(
        rows.withColumn(
                PART,
                functions
                    .when(uniform.lt(train), TRAIN)
                    .when(uniform.lt(train + validation), VALIDATION)
                    .otherwise(TEST))
            .cache());
  }

  private static Column contentHash(Dataset<Row> rows, long seed) {
    Column[] columns =
        Arrays.stream(rows.columns())
            .map(name -> functions.col("`" + name + "`"))
            .toArray(Column[]::new);
    return functions.xxhash64(functions.lit(seed), functions.struct(columns));
  }

  /** Takes the marks from a column that holds them. */
  static Examples byColumn(Dataset<Row> rows, JobConfig config) {
    String column = config.required("split.column", "split.kind \"column\" needs it");
    checkColumn(rows, "split.column", column);
    return new Examples(rows.withColumn(PART, functions.col("`" + column + "`")).cache());
  }
}
