/**
 * Predictions for single sequences in services, without a Spark session and without Spark's jars.
 *
 * <p>May import network, sequence, parameter and safetensors; no Spark. Begin reading at {@link
 * sparkrnn.scoring.LocalScorer}.
 */
package sparkrnn.scoring;
