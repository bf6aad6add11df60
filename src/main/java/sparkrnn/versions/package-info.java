/**
 * Calls that are spelt differently by the Sparks that one jar runs on: 3.5, 4.0, 4.1 and 4.2. All
 * else that the jar calls is in all four of them, which {@code LinkageTest} proves.
 *
 * <p>May import nothing of ours, and Spark. Begin reading at {@link sparkrnn.versions.SparkCalls}.
 */
package sparkrnn.versions;
