package sparkrnn.training;

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
 */
public record EpochMeasures(
    int epoch,
    long steps,
    double loss,
    double validationLoss,
    double learningRate,
    double gradientNorm,
    double sequencesPerSecond) {}
