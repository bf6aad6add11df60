/**
 * Sequences of different lengths side by side without padding.
 *
 * <p>May import linalg. Begin reading at {@link sparkrnn.sequence.PackedSequences}.
 */
package sparkrnn.sequence;
