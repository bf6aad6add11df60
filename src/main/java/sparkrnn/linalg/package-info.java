/**
 * Matrix products through BLAS and element-wise functions over ranges of {@code float[]}.
 *
 * <p>May import nothing of ours. Begin reading at {@link sparkrnn.linalg.Blas}.
 */
package sparkrnn.linalg;
