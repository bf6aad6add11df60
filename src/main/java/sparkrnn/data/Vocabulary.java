package sparkrnn.data;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The tokens of a language model and the ids that stand for them.
 *
 * @param kind what a row holds
 * @param tokens by their ids, the commonest first; id 0 is an empty text and stands for all that is
 *     not in the list; empty where the rows hold ids
 * @param counts how often each id was found, by the ids
 */
public record Vocabulary(Kind kind, List<String> tokens, List<Long> counts)
    implements Serializable {

  /** The id of every token that is not in the list, where the rows hold texts. */
  public static final int UNKNOWN = 0;

  private static final long serialVersionUID = 1L;

  /** What the column of tokens holds. */
  public enum Kind {
    /** A text, whose characters (code points of Unicode) are the tokens. */
    CHARACTERS,
    /** An array of texts, each a token. */
    WORDS,
    /** An array of whole numbers from 0, each a token. */
    IDS;

    /** Its name in a sentence: "characters". */
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a column.
     *
     * @param owner the stage, for messages
     * @throws IllegalArgumentException if the column is missing or of another type
     */
    public static Kind of(String owner, StructType schema, String column) {
      DataType type = ColumnLookup.type(owner, "featuresCol", schema, column);
      if (type instanceof StringType) {
        return CHARACTERS;
      }
      DataType element = type instanceof ArrayType array ? array.elementType() : null;
      if (element instanceof StringType) {
        return WORDS;
      }
      if (element instanceof IntegerType
          || element instanceof LongType
          || element instanceof ShortType) {
        return IDS;
      }
      throw ColumnLookup.wrongType(
          owner,
          "featuresCol",
          column,
          type,
          "string (characters), array<string> (words) or array<int> (ids)",
          "Cast it, or make ids of it with TokenIndexer.");
    }
  }

  /** Copies the lists. */
  public Vocabulary {
    tokens = List.copyOf(tokens);
    counts = List.copyOf(counts);
  }

  /**
   * Checks that a column holds such tokens.
   *
   * @param owner the stage, for messages
   * @throws IllegalArgumentException if the column is missing or of another type
   */
  public void requireKind(String owner, StructType schema, String column) {
    Kind found = Kind.of(owner, schema, column);
    if (found != kind) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (featuresCol) holds %s and the model was trained on %s. Set"
                  + " featuresCol to such a column.",
              owner,
              column,
              found.words(),
              kind.words()));
    }
  }

  /** How many ids there are. */
  public int size() {
    return counts.size();
  }

  /** Whether one of the ids stands for all tokens that are not in the list. */
  public boolean hasUnknown() {
    return kind != Kind.IDS;
  }

  /** The sum of the counts. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Minus the logarithm of an id's share of the tokens that the vocabulary was made of, each
   * counted once more than it was found: what a model costs that knows nothing but these shares.
   */
  public double unigramNats(int id) {
    return -StrictMath.log((counts.get(id) + 1.0) / (total() + size()));
  }

  /** The token of an id, as text. */
  public String token(int id) {
    return kind == Kind.IDS ? String.format(Locale.ROOT, "%d", id) : tokens.get(id);
  }
}
