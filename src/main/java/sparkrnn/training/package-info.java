/**
 * One fit: the driver's loop, the workers that compute gradients, early stopping, checkpoints and
 * the history.
 *
 * <p>May import network and what network imports, optim, safetensors, data, exchange and storage of
 * ours, and Spark. Begin reading at {@link sparkrnn.training.TrainingLoop}, then {@link
 * sparkrnn.training.ShardWorker}.
 */
package sparkrnn.training;
