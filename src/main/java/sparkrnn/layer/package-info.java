/**
 * What a network is made of, above the cells: recurrent layers of one or two directions, poolings
 * over time, the dense head.
 *
 * <p>A new pooling is one file here, one constant in {@link sparkrnn.layer.PoolingType} and one
 * subclass of the contract test. May import cell and what cell imports. Begin reading at {@link
 * sparkrnn.layer.Recurrent}.
 */
package sparkrnn.layer;
