/**
 * Stages that make sequences and get them ready: windows of long series, sequences of event rows,
 * ids of tokens, frames of sound, rows of images, scaled numbers.
 *
 * <p>May import series, storage and versions of ours, and Spark. Begin reading at {@link
 * sparkrnn.feature.SlidingWindow}, then {@link sparkrnn.feature.WindowIterator}; {@link
 * sparkrnn.feature.SequenceAssembler}, {@link sparkrnn.feature.TokenIndexer}, {@link
 * sparkrnn.feature.SequenceScaler}, {@link sparkrnn.feature.AudioFeatures} and {@link
 * sparkrnn.feature.ImageRows} stand alone.
 */
package sparkrnn.feature;
