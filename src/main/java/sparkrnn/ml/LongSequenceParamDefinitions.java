package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/** The params of {@link LongSequenceParams} of one stage. */
public final class LongSequenceParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final BooleanParam gradientCheckpointing;
  final IntParam bpttLength;

  LongSequenceParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    gradientCheckpointing =
        params.flag(
            "gradientCheckpointing",
            "whether training keeps of the time steps of a sequence only the states at about as "
                + "many places as the square root of their number, and computes the rest again "
                + "where the gradient needs it: the same gradient but for rounding, in about the "
                + "square root of the memory and for about a third more time. Where layers are "
                + "bidirectional, their outputs are held all the same");
    bpttLength =
        params.wholeNumber(
            "bpttLength",
            "time steps that a gradient flows back at most (truncated back-propagation through "
                + "time); the state goes on through the whole sequence. Counted from the last time "
                + "step of each sequence, it ends after every so many; a layer that reads backward "
                + "counts in its own order. Memory is that of so many time steps. 0: all",
            Check.wholeNumberFrom(0));
  }

  void setDefaults(Params stage) {
    stage.setDefault(gradientCheckpointing, false);
    stage.setDefault(bpttLength, 0);
  }
}
