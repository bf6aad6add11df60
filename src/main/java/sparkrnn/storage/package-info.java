/**
 * What lies in the directory of a saved stage, looked at before Spark acts on it.
 *
 * <p>May import: the JDK, Jackson and Hadoop; none of ours. Begin reading at {@link
 * sparkrnn.storage.StageMetadata}.
 */
package sparkrnn.storage;
