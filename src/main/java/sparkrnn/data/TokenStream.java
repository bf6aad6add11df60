package sparkrnn.data;

import java.io.Serializable;

/**
 * The tokens of one row, or why it can't be used.
 *
 * @param ids of the tokens; empty where the row is left out
 * @param validation whether a column holds it out
 * @param problem empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record TokenStream(int[] ids, boolean validation, String problem) implements Serializable {

  StreamCensus census() {
    if (!problem.isEmpty()) {
      return new StreamCensus(0, 0, 0, problem);
    }
    if (ids.length == 0) {
      return new StreamCensus(0, 0, 1, "");
    }
    return validation
        ? new StreamCensus(0, ids.length, 0, "")
        : new StreamCensus(ids.length, 0, 0, "");
  }
}
