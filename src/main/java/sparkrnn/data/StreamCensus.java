package sparkrnn.data;

import java.io.Serializable;

/**
 * What one partition of streams holds.
 *
 * @param training tokens to train on
 * @param validation tokens held out by a column
 * @param skipped rows left out
 * @param problem of the first row that can't be used; empty if there is none
 */
record StreamCensus(long training, long validation, long skipped, String problem)
    implements Serializable {

  static final StreamCensus EMPTY = new StreamCensus(0, 0, 0, "");

  StreamCensus plus(StreamCensus other) {
    return new StreamCensus(
        training + other.training,
        validation + other.validation,
        skipped + other.skipped,
        problem.isEmpty() ? other.problem : problem);
  }
}
