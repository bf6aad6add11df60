package sparkrnn.feature;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens that have ids.
 *
 * @param formatVersion of the file that holds it
 * @param tokens in the order of their ids, the first of which is {@link #FIRST}
 */
record Vocabulary(int formatVersion, List<String> tokens) implements Serializable {

  static final int PADDING = 0;
  static final int UNKNOWN = 1;
  static final int FIRST = 2;

  Vocabulary {
    tokens = List.copyOf(tokens);
  }

  Vocabulary(List<String> tokens) {
    this(LearntReader.FORMAT_VERSION, tokens);
  }

  /** Ids by token. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      ids.put(tokens.get(i), FIRST + i);
    }
    return ids;
  }

  /** How many ids there are, those of padding and the unknown included. */
  int size() {
    return FIRST + tokens.size();
  }
}
