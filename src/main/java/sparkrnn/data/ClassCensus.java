package sparkrnn.data;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Which classes a label column holds, and how many rows of each.
 *
 * @param labels in their order
 * @param rows of each class
 */
public record ClassCensus(ClassLabels labels, List<Long> rows) {

  /** More classes than anyone has; a column with more holds something else. */
  private static final int MOST_CLASSES = 10_000;

  /** Beyond this, doubles no longer tell whole numbers apart. */
  private static final double LARGEST = 1L << 53;

  /** One class. */
  private record Counted(Object value, long rows) {}

  /**
   * Counts the classes of a column of texts or numbers: one Spark job. Null and NaN are no classes.
   *
   * @param owner the stage, for messages
   * @throws IllegalArgumentException if there are fewer than two classes or far too many, or if a
   *     number is not whole
   */
  public static ClassCensus of(Dataset<?> dataset, String owner, String column) {
    ClassLabels.Kind kind = ClassLabels.Kind.of(owner, dataset.schema(), column);
    Column label = RowEncoder.column(dataset, column);
    boolean text = kind == ClassLabels.Kind.TEXT;
    String remedy = "Use RnnRegressor to predict numbers, or round the column.";
    return of(dataset.select(text ? label : label.cast("double")), kind, owner, column, remedy);
  }

  /**
   * Counts the classes in the arrays of a column, one for each time step: one Spark job. Null and
   * NaN are no classes.
   *
   * @param owner the stage, for messages
   * @throws IllegalArgumentException if there are fewer than two classes or far too many, or if a
   *     number is not whole
   */
  public static ClassCensus ofElements(Dataset<?> dataset, String owner, String column) {
    ClassLabels.Kind kind = ClassLabels.Kind.ofElements(owner, dataset.schema(), column);
    Column labels = RowEncoder.column(dataset, column);
    boolean text = kind == ClassLabels.Kind.TEXT;
    Column each = functions.explode(text ? labels : labels.cast("array<double>"));
    return of(dataset.select(each), kind, owner, column, "Round the numbers of the column.");
  }

  private static ClassCensus of(
      Dataset<Row> labels, ClassLabels.Kind kind, String owner, String column, String remedy) {
    boolean text = kind == ClassLabels.Kind.TEXT;
    List<Counted> counted =
        labels
            .toDF("label")
            .groupBy("label")
            .count()
            .limit(MOST_CLASSES + 1)
            .collectAsList()
            .stream()
            .filter(row -> !row.isNullAt(0) && !Double.valueOf(Double.NaN).equals(row.get(0)))
            .map(ClassCensus::counted)
            .sorted(text ? BY_TEXT : BY_NUMBER)
            .toList();
    check(counted, owner, column, remedy);
    return new ClassCensus(
        new ClassLabels(kind, counted.stream().map(ClassCensus::name).toList()),
        counted.stream().map(Counted::rows).toList());
  }

  private static final Comparator<Counted> BY_TEXT =
      Comparator.comparing(counted -> (String) counted.value());

  private static final Comparator<Counted> BY_NUMBER =
      Comparator.comparing(counted -> (Double) counted.value());

  private static Counted counted(Row row) {
    return new Counted(row.get(0), row.getLong(1));
  }

  private static String name(Counted counted) {
    return counted.value() instanceof Double number
        ? new BigDecimal(number).toPlainString()
        : (String) counted.value();
  }

  private static void check(List<Counted> classes, String owner, String column, String remedy) {
    for (Counted each : classes) {
      if (each.value() instanceof Double number
          && !(number == Math.rint(number) && Math.abs(number) <= LARGEST)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: column \"%s\" (labelCol) holds %s; classes must be whole numbers of at most 2"
                    + " to the power of 53. %s",
                owner,
                column,
                number,
                remedy));
      }
    }
    if (classes.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (labelCol) holds more than %d classes. Check labelCol.",
              owner,
              column,
              MOST_CLASSES));
    }
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (labelCol) holds %s; at least two classes are needed. Check"
                  + " labelCol and the rows.",
              owner,
              column,
              classes.isEmpty() ? "no label" : "only the label " + name(classes.get(0))));
    }
  }

  /** Rows over classes times rows of the class, so that all classes weigh the same in sum. */
  public List<Double> balancedWeights() {
    double all = rows.stream().mapToLong(Long::longValue).sum();
    return rows.stream().map(ofClass -> all / (rows.size() * (double) ofClass)).toList();
  }
}
