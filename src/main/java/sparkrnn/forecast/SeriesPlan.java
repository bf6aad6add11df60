package sparkrnn.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import sparkrnn.series.TimeAxis;

/**
 * How series are read.
 *
 * @param stage that reads them, for messages
 * @param axis of the times, with a time step
 * @param timeStep as a text
 * @param strict whether a row that is missing or can't be used is an error; else the windows that
 *     would hold it are left out
 * @param validationFraction share of the last rows of each series that is held out, in [0, 1)
 */
public record SeriesPlan(
    String stage,
    SeriesColumns columns,
    TimeAxis axis,
    String timeStep,
    boolean strict,
    double validationFraction)
    implements Serializable {

  /** "the series", or "the series with store 4 and item a". */
  public String describe(Object[] key) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.length; i++) {
      parts.add(columns.keys().get(i) + " " + key[i]);
    }
    return parts.isEmpty() ? "the series" : "the series with " + String.join(" and ", parts);
  }

  String describe(Object[] key, Object time) {
    return "the row with " + columns.time() + " " + axis.show(time) + " of " + describe(key);
  }
}
