/**
 * What a person sees of a fit while it runs: listeners of the training.
 *
 * <p>May import: training (its events only). Begin reading at {@link sparkrnn.report.ProgressBar}.
 */
package sparkrnn.report;
