/**
 * What lies in the directory of a saved stage, looked at before Spark acts on it; files for other
 * programs.
 *
 * <p>May import: the JDK, Jackson, Hadoop and Spark; none of ours. Begin reading at {@link
 * sparkrnn.storage.SavedStage}.
 */
package sparkrnn.storage;
