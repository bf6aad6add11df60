package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link NetworkParams} of one stage. */
public final class NetworkParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the networks can begin with, by the names in Keras. */
  static final String[] INITIALIZERS = {
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "orthogonal",
    "identity",
    "zeros",
    "ones",
    "random_uniform",
    "random_normal",
    "truncated_normal"
  };

  final IntArrayParam embeddingSizes;
  final IntArrayParam vocabularySizes;
  final Param<String> cell;
  final BooleanParam layerNormalization;
  final IntArrayParam units;
  final BooleanParam bidirectional;
  final BooleanParam residual;
  final Param<String> pooling;
  final DoubleParam dropout;
  final DoubleParam recurrentDropout;
  final DoubleParam zoneout;
  final DoubleParam recurrentWeightDrop;
  final Param<String> activation;
  final Param<String> kernelInitializer;
  final Param<String> recurrentInitializer;

  NetworkParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    embeddingSizes =
        params.wholeNumbers(
            "embeddingSizes",
            "for each feature of a time step the size of the vector that is learnt for each of its "
                + "values, which must be whole numbers from 0, such as TokenIndexer makes; 0 for a "
                + "feature that is a number. Empty: all features are numbers",
            Check.wholeNumbersFrom(0));
    vocabularySizes =
        params.wholeNumbers(
            "vocabularySizes",
            "for each feature of a time step how many ids there are, 0 to this less 1; 0 for a "
                + "feature that is a number, or to take one more than the largest id of the data. "
                + "Empty: all as with 0",
            Check.wholeNumbersFrom(0));
    cell =
        params.text(
            "cell",
            "recurrent cell of every layer: simpleRnn, lstm or gru (with reset_after), with the "
                + "equations of Keras",
            Check.oneOf("simpleRnn", "lstm", "gru"));
    layerNormalization =
        params.flag(
            "layerNormalization",
            "whether the cells of lstm normalize x W, h U and the cell state by layer normalization "
                + "with learnt gain and shift, as LayerNormLSTMCell of TensorFlow Addons (epsilon "
                + "1e-3); only for the cell lstm");
    units =
        params.wholeNumbers(
            "units",
            "width of the hidden state of each recurrent layer, the lowest first, each at least "
                + "1; as many layers as numbers",
            Check.unitsPerLayer());
    bidirectional =
        params.flag(
            "bidirectional",
            "whether every recurrent layer has a second cell that reads the sequences backward in "
                + "time, with parameters of its own; the outputs of both stand side by side "
                + "(merge_mode concat of Keras), twice units wide. Not for forecasts step by step: "
                + "every output has seen the whole sequence");
    residual =
        params.flag(
            "residual",
            "whether every recurrent layer that is as wide as the one below it adds the outputs "
                + "of that one to its own; needs at least two neighbouring layers of the same "
                + "units");
    pooling =
        params.text(
            "pooling",
            "what the head sees of the time steps of the last recurrent layer: last (the last "
                + "output, of each direction its own last one), mean or max over all time steps of "
                + "the sequence, or attention (a mean whose weights are learnt: additive scores "
                + "with one query; see attentionCol)",
            Check.oneOf("last", "mean", "max", "attention"));
    dropout =
        params.number(
            "dropout",
            "share of the inputs of every recurrent layer that is left out in training, at least 0 "
                + "and below 1; one mask per sequence, the same at every time step, the rest "
                + "scaled up by 1 / (1 - dropout). The inputs of the first layer are the features: "
                + "with one feature, whole sequences. Nothing is dropped in validation and "
                + "transform",
            Check.numberInRange(0, 1));
    recurrentDropout =
        params.number(
            "recurrentDropout",
            "share of the hidden state of the time step before that every gate of a recurrent cell "
                + "leaves out in training, at least 0 and below 1; one mask per sequence and gate, "
                + "the same at every time step (variational dropout), the rest scaled up",
            Check.numberInRange(0, 1));
    zoneout =
        params.number(
            "zoneout",
            "probability that a number of the hidden state of a recurrent cell, and of the cell "
                + "state of lstm, stays as it was a time step before, at least 0 and below 1; drawn "
                + "in training for every sequence, time step and unit, and replaced by its "
                + "expectation in validation and transform",
            Check.numberInRange(0, 1));
    recurrentWeightDrop =
        params.number(
            "recurrentWeightDrop",
            "share of the weights from the hidden state that a recurrent cell leaves out in "
                + "training (DropConnect, as in AWD-LSTM), at least 0 and below 1; one mask for all "
                + "sequences and time steps of a shard (see shardSize) in each training step, the "
                + "rest scaled up",
            Check.numberInRange(0, 1));
    activation =
        params.text(
            "activation",
            "activation of the recurrent cells: tanh (the default of Keras), or relu, which "
                + "only simpleRnn takes",
            Check.oneOf("tanh", "relu"));
    kernelInitializer =
        params.text(
            "kernelInitializer",
            "initial values of the weights from the inputs, by the name in Keras (its default "
                + "is glorot_uniform); one of "
                + String.join(", ", INITIALIZERS),
            Check.oneOf(INITIALIZERS));
    recurrentInitializer =
        params.text(
            "recurrentInitializer",
            "initial values of the weights from the hidden state, by the name in Keras (its "
                + "default is orthogonal; identity makes an IRNN of simpleRnn with relu); one of "
                + String.join(", ", INITIALIZERS),
            Check.oneOf(INITIALIZERS));
  }

  void setDefaults(Params stage) {
    stage.setDefault(embeddingSizes, new int[0]);
    stage.setDefault(vocabularySizes, new int[0]);
    stage.setDefault(cell, "simpleRnn");
    stage.setDefault(layerNormalization, false);
    stage.setDefault(units, new int[] {128});
    stage.setDefault(bidirectional, false);
    stage.setDefault(residual, false);
    stage.setDefault(pooling, "last");
    stage.setDefault(dropout, 0.0);
    stage.setDefault(recurrentDropout, 0.0);
    stage.setDefault(zoneout, 0.0);
    stage.setDefault(recurrentWeightDrop, 0.0);
    stage.setDefault(activation, "tanh");
    stage.setDefault(kernelInitializer, "glorot_uniform");
    stage.setDefault(recurrentInitializer, "orthogonal");
  }
}
