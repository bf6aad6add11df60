/**
 * Transformers that make sequences: windows of long series, and sequences of event rows.
 *
 * <p>May import nothing else of ours, and Spark. Begin reading at {@link
 * sparkrnn.feature.SlidingWindow}, then {@link sparkrnn.feature.WindowIterator}; {@link
 * sparkrnn.feature.SequenceAssembler} stands alone.
 */
package sparkrnn.feature;
