package sparkrnn.data;

/**
 * One sequence in float32.
 *
 * @param values (timeSteps, features), time-major
 */
public record DecodedSequence(float[] values, int timeSteps, int features) {}
