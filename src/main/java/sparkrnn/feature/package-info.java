/**
 * Stages that make sequences and get them ready: windows of long series, sequences of event rows,
 * ids of tokens, scaled numbers.
 *
 * <p>May import nothing else of ours, and Spark. Begin reading at {@link
 * sparkrnn.feature.SlidingWindow}, then {@link sparkrnn.feature.WindowIterator}; {@link
 * sparkrnn.feature.SequenceAssembler}, {@link sparkrnn.feature.TokenIndexer} and {@link
 * sparkrnn.feature.SequenceScaler} stand alone.
 */
package sparkrnn.feature;
