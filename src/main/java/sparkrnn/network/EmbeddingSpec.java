package sparkrnn.network;

import java.io.Serializable;

/**
 * One feature of the time steps that is an id, for which the network learns a vector.
 *
 * @param feature its place among the features of a time step, from 0
 * @param vocabularySize ids are 0 to vocabularySize - 1; at least 1
 * @param size numbers of a vector, at least 1
 */
public record EmbeddingSpec(int feature, int vocabularySize, int size) implements Serializable {}
