/**
 * The scalars of a fit as files that TensorBoard reads.
 *
 * <p>May import: training (its events only), protobuf, storage. Begin reading at {@link
 * sparkrnn.tensorboard.TensorBoardLogger}.
 */
package sparkrnn.tensorboard;
