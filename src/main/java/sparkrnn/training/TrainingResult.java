package sparkrnn.training;

/**
 * What a fit ends with.
 *
 * @param parameters in the layout of the network, all finite
 */
public record TrainingResult(float[] parameters, TrainingHistory history) {}
