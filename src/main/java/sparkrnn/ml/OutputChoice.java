package sparkrnn.ml;

import java.io.Serializable;
import java.util.Arrays;

/** Which output of a network is explained, by what it makes of a sequence. */
interface OutputChoice extends Serializable {

  /**
   * The place of an output, from 0.
   *
   * @param raw the outputs (K) for the sequence; (time steps, K) where every time step has them
   * @param timeStep whose output is explained; 0 where a sequence has one
   */
  int of(double[] raw, int timeStep);

  /** The same output for every sequence. */
  static OutputChoice always(int output) {
    return new Always(output);
  }

  /** The largest output of the time step. */
  static OutputChoice largestOfTimeStep(int outputs) {
    return new LargestOfTimeStep(outputs);
  }

  /** See {@link #always}. */
  record Always(int output) implements OutputChoice {

    private static final long serialVersionUID = 1L;

    @Override
    public int of(double[] raw, int timeStep) {
      return output;
    }
  }

  /** See {@link #largestOfTimeStep}. */
  record LargestOfTimeStep(int outputs) implements OutputChoice {

    private static final long serialVersionUID = 1L;

    @Override
    public int of(double[] raw, int timeStep) {
      int from = timeStep * outputs;
      return ClassColumns.largest(Arrays.copyOfRange(raw, from, from + outputs));
    }
  }

  /** The class that a classifier predicts; of labels that may hold together the likeliest. */
  record OfClass(ClassColumns columns) implements OutputChoice {

    private static final long serialVersionUID = 1L;

    @Override
    public int of(double[] raw, int timeStep) {
      return columns.place(raw, columns.probabilities(raw));
    }
  }

  /** The label that a tagger predicts for the time step. */
  record OfTag(TagDecoder decoder) implements OutputChoice {

    private static final long serialVersionUID = 1L;

    @Override
    public int of(double[] raw, int timeStep) {
      return decoder.places(raw)[timeStep];
    }
  }
}
