/**
 * The mains behind jobs/: read a config file, prepare the data, fit or score, and report.
 *
 * <p>May import ml, feature, report and storage of ours, training for its interruption, linalg to
 * measure what it can do, and Spark. Alone may write to the console and end the process. Begin
 * reading at {@link sparkrnn.jobs.Train}.
 */
package sparkrnn.jobs;
