/**
 * What a person sees of a fit: listeners of the training while it runs, a page afterwards.
 *
 * <p>May import: training (its events only), page. Begin reading at {@link
 * sparkrnn.report.ProgressBar}.
 */
package sparkrnn.report;
