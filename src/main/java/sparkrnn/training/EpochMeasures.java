package sparkrnn.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of an epoch when it is done.
 *
 * @param epoch from 1
 * @param steps training steps of the fit so far
 * @param loss mean over the batches of the epoch
 * @param validationLoss NaN without validation data
 * @param learningRate of the last training step; NaN of lbfgs, which has none
 * @param gradientNorm mean over the training steps of the epoch of the global norm before clipping
 * @param sequencesPerSecond of this epoch; time steps where they are read piece by piece
 * @param layerGradientNorms the same mean of the norm of the gradient of each layer by itself, by
 *     what the names of its weights begin with ("lstm_0", "dense"), in the order of the network;
 *     over the training steps since then where the fit went on from a checkpoint within the epoch
 */
public record EpochMeasures(
    int epoch,
    long steps,
    double loss,
    double validationLoss,
    double learningRate,
    double gradientNorm,
    double sequencesPerSecond,
    Map<String, Double> layerGradientNorms) {

  /** Copies the map. */
  public EpochMeasures {
    layerGradientNorms = Collections.unmodifiableMap(new LinkedHashMap<>(layerGradientNorms));
  }
}
