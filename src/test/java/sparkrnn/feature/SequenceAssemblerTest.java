package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** Which events make which sequence, in which order. */
@ExtendWith(LocalSpark.class)
final class SequenceAssemblerTest {

  private final SparkSession spark;

  SequenceAssemblerTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Events of users 1 and 2, not in order. */
  private Dataset<Row> events() {
    return spark.sql(
        """
        SELECT * FROM VALUES
          (1, timestamp'2024-01-01 00:00:02', 12D, 120, true, 'yes'),
          (2, timestamp'2024-01-01 00:00:01', 21D, 210, false, 'no'),
          (1, timestamp'2024-01-01 00:00:03', 13D, 130, false, 'yes'),
          (1, timestamp'2024-01-01 00:00:01', 11D, 110, false, 'yes')
        AS rows(user, at, v, w, flag, outcome)""");
  }

  private static SequenceAssembler stage(String... values) {
    return new SequenceAssembler().setKeyCols("user").setTimeCol("at").setValueCols(values);
  }

  /** "1 [11.0, 12.0]" for each sequence in the order of the text. */
  private static List<String> show(Dataset<Row> sequences) {
    return sequences.collectAsList().stream()
        .map(
            row -> {
              List<Object> values = new ArrayList<>();
              for (int i = 0; i < row.size(); i++) {
                values.add(SeriesRows.plain(row.get(i)));
              }
              return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
            })
        .sorted()
        .toList();
  }

  @Test
  void oneNumberForEachTimeStep() {
    assertThat(show(stage("v").transform(events())))
        .containsExactly("1 [11.0, 12.0, 13.0]", "2 [21.0]");
  }

  @Test
  void severalFeaturesInTheOrderOfTheirColumns() {
    assertThat(show(stage("w", "flag", "v").transform(events())))
        .containsExactly(
            "1 [[110.0, 0.0, 11.0], [120.0, 1.0, 12.0], [130.0, 0.0, 13.0]]",
            "2 [[210.0, 0.0, 21.0]]");
  }

  @Test
  void vectorsAndArraysAreLaidOutInPlace() {
    Dataset<Row> data =
        events()
            .withColumn(
                "vector",
                org.apache.spark.ml.functions.array_to_vector(functions.expr("array(v, -v)")))
            .withColumn("array", functions.expr("array(w, w + 1)"));
    assertThat(show(stage("flag", "vector", "array").transform(data)).get(1))
        .isEqualTo("2 [[0.0, 21.0, -21.0, 210.0, 211.0]]");
    assertThat(show(stage("vector").transform(data)).get(1)).isEqualTo("2 [[21.0, -21.0]]");
    assertThat(show(stage("array").transform(data)).get(1)).isEqualTo("2 [[210.0, 211.0]]");
  }

  @Test
  void carriedColumnsStandBesideTheSequence() {
    SequenceAssembler stage = stage("v").setCarryCols("outcome").setFeaturesCol("series");
    Dataset<Row> sequences = stage.transform(events());
    assertThat(sequences.schema().catalogString())
        .isEqualTo(stage.transformSchema(events().schema()).catalogString());
    assertThat(sequences.columns()).containsExactly("user", "outcome", "series");
    assertThat(show(sequences)).containsExactly("1 yes [11.0, 12.0, 13.0]", "2 no [21.0]");
  }

  @Test
  void carriedValueMayBeNullOrAVector() {
    Dataset<Row> data =
        events()
            .withColumn("outcome", functions.expr("if(user = 1, null, outcome)"))
            .withColumn(
                "vector",
                org.apache.spark.ml.functions.array_to_vector(
                    functions.expr("array(double(user))")));
    assertThat(show(stage("v").setCarryCols("vector", "outcome").transform(data)))
        .containsExactly("1 [1.0] null [11.0, 12.0, 13.0]", "2 [2.0] no [21.0]");
  }

  @Test
  void lastEventsAreKeptOfALongSequence() {
    assertThat(show(stage("v").setMaxLength(2).transform(events())))
        .containsExactly("1 [12.0, 13.0]", "2 [21.0]");
    assertThat(show(stage("v").setMaxLength(3).transform(events())))
        .containsExactly("1 [11.0, 12.0, 13.0]", "2 [21.0]");
  }

  @Test
  void eventsOfOneTimeComeInTheOrderOfTheirValues() {
    Dataset<Row> data =
        events()
            .withColumn("at", functions.lit("now"))
            .withColumn("v", functions.negate(functions.col("v")));
    assertThat(show(stage("v", "w").transform(data)).get(0))
        .isEqualTo("1 [[-13.0, 130.0], [-12.0, 120.0], [-11.0, 110.0]]");
  }

  @Test
  void namesOfColumnsMayHoldDotsAndBackticks() {
    Dataset<Row> data = events().toDF("the.user", "a`t", "v.1", "w", "flag", "out.come");
    SequenceAssembler stage =
        new SequenceAssembler()
            .setKeyCols("the.user")
            .setTimeCol("a`t")
            .setValueCols("v.1")
            .setCarryCols("out.come")
            .setFeaturesCol("time");
    Dataset<Row> sequences = stage.transform(data);
    assertThat(sequences.columns()).containsExactly("the.user", "out.come", "time");
    assertThat(show(sequences)).containsExactly("1 yes [11.0, 12.0, 13.0]", "2 no [21.0]");
  }

  /** Two good events of user 1; null key, null time, null, NaN and infinite value. */
  private Dataset<Row> spoilt() {
    return spark.sql(
        """
        SELECT * FROM VALUES
          (1, 5L, 1D), (1, 3L, 2D), (null, 1L, 3D), (1, null, 4D),
          (1, 6L, null), (2, 1L, double('NaN')), (2, 2L, double('-Infinity'))
        AS rows(user, at, v)""");
  }

  @Test
  void skipLeavesRowsOut() {
    assertThat(show(stage("v").setHandleInvalid("skip").transform(spoilt())))
        .containsExactly("1 [2.0, 1.0]");
  }

  @Test
  void keepTakesThemAsTheyAre() {
    assertThat(show(stage("v").setHandleInvalid("keep").transform(spoilt())))
        .containsExactly("1 [4.0, 2.0, 1.0, NaN]", "2 [NaN, -Infinity]", "null [3.0]");
  }

  @Test
  void nullVectors() {
    Dataset<Row> data =
        spoilt()
            .filter("user = 1 AND at IS NOT NULL")
            .withColumn(
                "vector",
                functions.when(
                    functions.col("v").isNotNull(),
                    org.apache.spark.ml.functions.array_to_vector(functions.expr("array(v, 0D)"))));
    assertThat(show(stage("vector").setHandleInvalid("skip").transform(data)))
        .containsExactly("1 [[2.0, 0.0], [1.0, 0.0]]");
    assertThat(show(stage("vector", "at").setHandleInvalid("keep").transform(data)))
        .containsExactly("1 [[2.0, 0.0, 3.0], [1.0, 0.0, 5.0], null]");
    messageInJob(() -> stage("vector").transform(data).collectAsList())
        .contains(
            "column \"vector\" (valueCols) is or holds null, NaN or infinity in the row with"
                + " user 1, at 6;");
  }

  @Test
  void numbersInsideArraysAreChecked() {
    Dataset<Row> data = spoilt().filter("at = 5").withColumn("a", functions.expr("array(v, null)"));
    assertThat(show(stage("a").setHandleInvalid("skip").transform(data))).isEmpty();
    assertThat(show(stage("a").setHandleInvalid("keep").transform(data)))
        .containsExactly("1 [[1.0, NaN]]");
  }

  @Test
  void errorNamesTheRow() {
    String end =
        "; every event needs a key, a time and finite numbers. Mend the row, or set handleInvalid to"
            + " \"skip\" or \"keep\".";
    Map<String, String> messages =
        Map.of(
            "user IS NULL",
            "column \"user\" (keyCols) is null in the row with user null, at 1",
            "at IS NULL",
            "column \"at\" (timeCol) is null or NaN in the row with user 1, at null",
            "v IS NULL",
            "column \"v\" (valueCols) is or holds null, NaN or infinity in the row with user 1, at 6",
            "user = 2 AND at = 2",
            "column \"v\" (valueCols) is or holds null, NaN or infinity in the row with user 2, at 2");
    messages.forEach(
        (which, message) ->
            messageInJob(() -> stage("v").transform(spoilt().filter(which)).collectAsList())
                .isEqualTo(
                    "[USER_RAISED_EXCEPTION] SequenceAssembler: "
                        + message
                        + end
                        + " SQLSTATE: P0001"));
  }

  @Test
  void carriedValueThatDiffers() {
    Dataset<Row> data = events().withColumn("outcome", functions.expr("if(v = 12, null, outcome)"));
    messageInJob(() -> stage("v").setCarryCols("outcome").transform(data).collectAsList())
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] SequenceAssembler: column \"outcome\" (carryCols) is null and also"
                + " yes in the sequence with user 1; it must be the same in all rows of a key. Aggregate"
                + " it first, or leave it out of carryCols. SQLSTATE: P0001");
  }

  @Test
  void columnsAreCheckedBeforeAnyJob() {
    messageOf(() -> stage("v").transform(events().drop("user")))
        .isEqualTo(
            "SequenceAssembler: there is no column \"user\" (keyCols) in the data; it has \"at\", \"v\","
                + " \"w\", \"flag\", \"outcome\". Set keyCols to one of them.");
    messageOf(() -> stage("outcome").transform(events()))
        .isEqualTo(
            "SequenceAssembler: column \"outcome\" (valueCols) is string; it must be a number, boolean,"
                + " vector or array of numbers. Cast it to double, or leave it out of valueCols.");
    messageOf(() -> stage("v").setTimeCol("flag").transform(events()))
        .isEqualTo(
            "SequenceAssembler: column \"flag\" (timeCol) is boolean; it must be a number, text,"
                + " timestamp or date. Cast it to one of them, such as timestamp.");
    messageOf(
            () ->
                stage("v").setCarryCols("m").transform(events().selectExpr("*", "map(1, 2) AS m")))
        .isEqualTo(
            "SequenceAssembler: column \"m\" (carryCols) is map<int,int>; it must be a type whose values"
                + " can be compared. Turn it into an array of its entries, or leave it out of"
                + " carryCols.");
    messageOf(() -> stage("v").setFeaturesCol("user").transform(events()))
        .isEqualTo(
            "SequenceAssembler: keyCols and featuresCol both name the column \"user\" of the result;"
                + " each needs a name of its own. Set featuresCol to another one.");
    messageOf(() -> new SequenceAssembler().setTimeCol("at").transform(events()))
        .isEqualTo(
            "SequenceAssembler: keyCols is not set; it is needed: columns that together say to which"
                + " sequence a row belongs. Set keyCols.");
  }

  @Test
  void paramsAreChecked() {
    messageOf(() -> new SequenceAssembler().setMaxLength(-1))
        .isEqualTo("SequenceAssembler: maxLength is -1; it must be a whole number of at least 0.");
    messageOf(() -> new SequenceAssembler().setHandleInvalid("drop"))
        .isEqualTo(
            "SequenceAssembler: handleInvalid is \"drop\"; it must be one of \"error\", \"skip\","
                + " \"keep\".");
    messageOf(() -> new SequenceAssembler().setKeyCols())
        .isEqualTo(
            "SequenceAssembler: keyCols is []; it must name at least one column, none of them twice.");
  }

  /** A failure names its seed; -Dseed=... runs that one again. */
  @RepeatedTest(5)
  void randomEventsEqualAPlainSortOnAnyPartitions(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 40L + repetition.getCurrentRepetition());
    Random random = new Random(seed);
    int most = random.nextInt(6);
    Map<Integer, List<double[]>> byUser = new TreeMap<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Few users, times and values: many ties.
      double[] event = {
        random.nextInt(4), random.nextInt(10), random.nextInt(3), random.nextInt(3)
      };
      byUser.computeIfAbsent((int) event[0], user -> new ArrayList<>()).add(event);
      rows.add(RowFactory.create((int) event[0], (long) event[1], event[2], event[3]));
    }
    List<String> expected = new ArrayList<>();
    byUser.forEach((user, events) -> expected.add(user + " " + sequence(events, most)));
    StructType schema =
        new StructType()
            .add("user", DataTypes.IntegerType)
            .add("at", DataTypes.LongType)
            .add("v", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType);
    for (int partitions : new int[] {1, 3, 8}) {
      Collections.shuffle(rows, random);
      Dataset<Row> data = spark.createDataFrame(rows, schema).repartition(partitions);
      assertThat(show(stage("v", "w").setMaxLength(most).transform(data)))
          .as("seed %d, %d partitions", seed, partitions)
          .isEqualTo(expected);
    }
  }

  private static List<List<Double>> sequence(List<double[]> events, int most) {
    Comparator<double[]> order =
        Comparator.<double[]>comparingDouble(event -> event[1])
            .thenComparingDouble(event -> event[2])
            .thenComparingDouble(event -> event[3]);
    List<List<Double>> sorted =
        events.stream()
            .sorted(order)
            .map(event -> Arrays.stream(event).skip(2).boxed().toList())
            .toList();
    int first = most == 0 ? 0 : Math.max(0, sorted.size() - most);
    return sorted.subList(first, sorted.size());
  }
}
