package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/** Params that say what training holds of long sequences. */
public interface LongSequenceParams extends Params {

  /** The params, built once per stage. */
  LongSequenceParamDefinitions longSequenceParams();

  /**
   * Whether training keeps of the time steps of a sequence only the states at about as many places
   * as the square root of their number, and computes the rest again where the gradient needs it:
   * the same gradient but for rounding, in about the square root of the memory and for about a
   * third more time. Where layers are bidirectional, their outputs are held all the same.
   */
  default BooleanParam gradientCheckpointing() {
    return longSequenceParams().gradientCheckpointing;
  }

  /** The value of {@link #gradientCheckpointing()}. */
  default boolean getGradientCheckpointing() {
    return (Boolean) getOrDefault(gradientCheckpointing());
  }

  /**
   * Time steps that a gradient flows back at most (truncated back-propagation through time); the
   * state goes on through the whole sequence. Counted from the last time step of each sequence, it
   * ends after every so many; a layer that reads backward counts in its own order. Memory is that
   * of so many time steps. 0: all.
   */
  default IntParam bpttLength() {
    return longSequenceParams().bpttLength;
  }

  /** The value of {@link #bpttLength()}. */
  default int getBpttLength() {
    return (Integer) getOrDefault(bpttLength());
  }
}
