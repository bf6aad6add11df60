/**
 * What a prediction costs, and the gradient of that; one file each.
 *
 * <p>A new loss is one file here, one constant in {@link sparkrnn.loss.LossType} and one subclass
 * of the contract test. May import linalg and sequence, and the gamma functions of Commons Math.
 * Begin reading at {@link sparkrnn.loss.Loss}.
 */
package sparkrnn.loss;
