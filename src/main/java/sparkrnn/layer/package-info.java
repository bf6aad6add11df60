/**
 * Layers that are no recurrent cell.
 *
 * <p>May import cell and what cell imports. Begin reading at {@link sparkrnn.layer.Dense}.
 */
package sparkrnn.layer;
