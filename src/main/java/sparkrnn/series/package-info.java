/**
 * The times of series: what lies one time step after another, on calendars and numbers, and which
 * step a series has.
 *
 * <p>May import none of ours. Begin reading at {@link sparkrnn.series.TimeAxis}.
 */
package sparkrnn.series;
