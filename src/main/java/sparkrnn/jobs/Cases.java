package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkrnn.page.Numbers;

/** What the pages on single rows share: which columns name a row, and values as numbers. */
final class Cases {

  /** Rows in a table of the worst. */
  static final int WORST = 10;

  private static final int MOST_NAMES = 4;
  private static final int LONGEST_TEXT = 80;

  private Cases() {}

  /** The columns with one value a row, but for these: what tells rows apart for a person. */
  static List<String> names(StructType schema, Collection<String> but) {
    List<String> names = new ArrayList<>();
    for (StructField field : schema.fields()) {
      boolean one =
          !(field.dataType() instanceof ArrayType
              || field.dataType() instanceof MapType
              || field.dataType() instanceof StructType
              || field.dataType().typeName().equals("vector")
              || field.dataType().typeName().equals("binary"));
      if (one && !but.contains(field.name()) && names.size() < MOST_NAMES) {
        names.add(field.name());
      }
    }
    return names;
  }

  /** A value as a person reads it; long texts are cut. */
  static String shown(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Numbers.shown(((Number) value).doubleValue());
    }
    String text = value == null ? "" : value.toString();
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  /** A number, or the numbers of an array or a vector; of time steps with features the first. */
  static double[] numbers(Object value) {
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    if (value instanceof scala.collection.Seq<?> sequence) {
      double[] numbers = new double[sequence.size()];
      for (int i = 0; i < numbers.length; i++) {
        double[] element = numbers(sequence.apply(i));
        numbers[i] = element.length == 0 ? Double.NaN : element[0];
      }
      return numbers;
    }
    return new double[0];
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** The values of a row's columns. */
  static List<String> values(Row row, List<String> columns) {
    List<String> values = new ArrayList<>();
    columns.forEach(column -> values.add(shown(row.getAs(column))));
    return values;
  }
}
