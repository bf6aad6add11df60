/**
 * How a training step turns a gradient into new parameters: optimizers, gradient clipping and
 * learning-rate schedules, each on flat arrays and on one thread.
 *
 * <p>May import: linalg. Begin reading at {@link sparkrnn.optim.Adam}.
 */
package sparkrnn.optim;
