/**
 * Stages that make sequences and get them ready: windows of long series, sequences of event rows,
 * ids of tokens, frames of sound, scaled numbers.
 *
 * <p>May import nothing else of ours, and Spark. Begin reading at {@link
 * sparkrnn.feature.SlidingWindow}, then {@link sparkrnn.feature.WindowIterator}; {@link
 * sparkrnn.feature.SequenceAssembler}, {@link sparkrnn.feature.TokenIndexer}, {@link
 * sparkrnn.feature.SequenceScaler} and {@link sparkrnn.feature.AudioFeatures} stand alone.
 */
package sparkrnn.feature;
