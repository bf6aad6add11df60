package sparkrnn.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The classes of a classifier, in the order of the network's outputs.
 *
 * @param kind of the label column
 * @param names numbers ascending, texts by their characters (as Java compares them, and as Spark's
 *     StringIndexer orders by "alphabetAsc"); of an array the places from 0
 */
public record ClassLabels(Kind kind, List<String> names) implements Serializable {

  private static final int SHOWN = 10;

  /** What a label column holds. */
  public enum Kind {
    /** The name of one class. */
    TEXT("a text"),
    /** The whole number of one class. */
    NUMBER("a number"),
    /** For each class 1 or 0, whether it holds. */
    ARRAY("an array or a vector of 0 and 1");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /**
     * The kind of a column.
     *
     * @param owner the stage, for messages
     * @throws IllegalArgumentException if the column is missing or of a type without classes
     */
    public static Kind of(String owner, StructType schema, String column) {
      DataType type = ColumnLookup.type(owner, "labelCol", schema, column);
      if (type instanceof StringType) {
        return TEXT;
      }
      if (type instanceof NumericType) {
        return NUMBER;
      }
      if (type.equals(SQLDataTypes.VectorType())
          || (type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
        return ARRAY;
      }
      throw ColumnLookup.wrongType(
          owner,
          "labelCol",
          column,
          type,
          "a text, a number, or an array or a vector of 0 and 1",
          "Cast it, or set labelCol to another column.");
    }

    /**
     * The kind of the elements of a column that has a label for every time step.
     *
     * @param owner the stage, for messages
     * @throws IllegalArgumentException if the column is missing or no array of texts or numbers
     */
    public static Kind ofElements(String owner, StructType schema, String column) {
      DataType type = ColumnLookup.type(owner, "labelCol", schema, column);
      if (type instanceof ArrayType array && array.elementType() instanceof StringType) {
        return TEXT;
      }
      if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
        return NUMBER;
      }
      throw ColumnLookup.wrongType(
          owner,
          "labelCol",
          column,
          type,
          "an array of texts or of numbers, one for each time step",
          "Turn it into one, for example with split or collect_list, or set labelCol to another"
              + " column.");
    }
  }

  /** Copies the list. */
  public ClassLabels {
    names = List.copyOf(names);
  }

  /** The labels of arrays of so many numbers. */
  public static ClassLabels ofPlaces(int places) {
    return new ClassLabels(
        Kind.ARRAY, IntStream.range(0, places).mapToObj(String::valueOf).toList());
  }

  /** How many classes there are. */
  public int size() {
    return names.size();
  }

  /** The first names, for messages. */
  public String shown() {
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
        + (names.size() > SHOWN ? ", ..." : "");
  }

  /** What Spark's evaluators compare with the label: its number; of a text its place. */
  public double prediction(int place) {
    return kind == Kind.NUMBER ? Double.parseDouble(names.get(place)) : place;
  }
}
