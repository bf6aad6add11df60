package sparkrnn.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import scala.collection.Seq;

/** Reads the tokens of a row: first as they are, then as ids of a vocabulary. */
public final class TokenReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Vocabulary vocabulary;
  private final boolean unknownAllowed;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * A reader of the ids of a vocabulary.
   *
   * @param unknownAllowed whether a token that is not in it becomes {@link Vocabulary#UNKNOWN}; ids
   *     out of its range are refused in any case
   */
  public TokenReader(Vocabulary vocabulary, boolean unknownAllowed) {
    this.vocabulary = vocabulary;
    this.unknownAllowed = unknownAllowed;
    for (int id = vocabulary.hasUnknown() ? 1 : vocabulary.size(); id < vocabulary.size(); id++) {
      ids.put(vocabulary.tokens().get(id), id);
    }
  }

  /** Of whose ids it reads. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Takes the tokens of a row one by one. */
  interface TokenConsumer {
    void accept(int place, String token) throws InvalidSequenceException;
  }

  /**
   * Goes through the tokens of a row of texts.
   *
   * @return how many there are
   * @throws InvalidSequenceException if the value is null or empty or holds null
   */
  static int forEachText(Vocabulary.Kind kind, Object value, TokenConsumer consumer)
      throws InvalidSequenceException {
    requireTokens(value);
    if (kind == Vocabulary.Kind.CHARACTERS) {
      int[] characters = ((String) value).codePoints().toArray();
      requireSome(characters.length);
      for (int place = 0; place < characters.length; place++) {
        consumer.accept(place, Character.toString(characters[place]));
      }
      return characters.length;
    }
    Seq<Object> words = NumberReader.elements(value);
    requireSome(words.size());
    for (int place = 0; place < words.size(); place++) {
      requirePresent(words.apply(place), place);
      consumer.accept(place, (String) words.apply(place));
    }
    return words.size();
  }

  /**
   * The ids of a row that holds ids.
   *
   * @throws InvalidSequenceException if the value is null or empty, or holds null, a number below 0
   *     or one that float32 does not hold
   */
  static int[] readIds(Object value) throws InvalidSequenceException {
    requireTokens(value);
    Seq<Object> numbers = NumberReader.elements(value);
    requireSome(numbers.size());
    int[] read = new int[numbers.size()];
    for (int place = 0; place < read.length; place++) {
      requirePresent(numbers.apply(place), place);
      long id = ((Number) numbers.apply(place)).longValue();
      if (id < 0 || id >= FeatureColumns.LARGEST_ID) {
        throw notAnId(id, place, FeatureColumns.LARGEST_ID);
      }
      read[place] = (int) id;
    }
    return read;
  }

  private static void requireTokens(Object value) throws InvalidSequenceException {
    if (value == null) {
      throw new InvalidSequenceException("holds null; every row needs at least one token");
    }
  }

  private static void requireSome(int tokens) throws InvalidSequenceException {
    if (tokens == 0) {
      throw new InvalidSequenceException("holds no token; every row needs at least one");
    }
  }

  private static void requirePresent(Object token, int place) throws InvalidSequenceException {
    if (token == null) {
      throw new InvalidSequenceException("holds null at place " + place + "; tokens must be there");
    }
  }

  private static InvalidSequenceException notAnId(long id, int place, int bound) {
    return new InvalidSequenceException(
        String.format(
            Locale.ROOT,
            "holds %d at place %d; ids of tokens must be whole numbers from 0 to %d",
            id,
            place,
            bound - 1));
  }

  /**
   * The ids of a row.
   *
   * @param value what {@code Row.get} gives for the column
   * @throws InvalidSequenceException if it is null or empty, or holds null or a token that can't be
   *     used; the message says at which place, from 0
   */
  public int[] read(Object value) throws InvalidSequenceException {
    if (vocabulary.kind() == Vocabulary.Kind.IDS) {
      int[] read = readIds(value);
      for (int place = 0; place < read.length; place++) {
        if (read[place] >= vocabulary.size()) {
          throw notAnId(read[place], place, vocabulary.size());
        }
      }
      return read;
    }
    Ids found = new Ids();
    forEachText(vocabulary.kind(), value, (place, token) -> found.add(id(place, token)));
    return found.toArray();
  }

  private int id(int place, String token) throws InvalidSequenceException {
    Integer id = ids.get(token);
    if (id == null && !unknownAllowed) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "holds \"%s\" at place %d, which is not among the %d tokens of the vocabulary",
              token,
              place,
              vocabulary.size() - 1));
    }
    return id == null ? Vocabulary.UNKNOWN : id;
  }

  /** A growing array. */
  private static final class Ids {
    private int[] values = new int[64];
    private int size;

    void add(int id) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = id;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
