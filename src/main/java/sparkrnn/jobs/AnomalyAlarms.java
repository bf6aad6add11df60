package sparkrnn.jobs;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Alarms of a score over time, and how they meet the windows in which something was wrong.
 *
 * <pre>
 *   score(t)  = mean of size(t), ..., size(t - smoothing + 1)
 *   alarm     where score(t) > mean + deviations * deviation   of the score in the probation
 * </pre>
 *
 * <p>Rows with an alarm that are at most {@code smoothing} rows apart are one alarm.
 */
final class AnomalyAlarms {

  /**
   * What is scored.
   *
   * @param time of each row, ascending
   * @param size how unusual each row is by itself
   * @param from the first row that is judged; the probation ends before it
   * @param probation the first row of the probation
   */
  record Series(List<Timestamp> time, double[] size, int probation, int from) {}

  /**
   * What came of it.
   *
   * @param hits windows with at least one alarm in them
   * @param windows labelled windows that end behind the probation
   * @param falseAlarms alarms that touch no window
   * @param hit for each such window whether it was hit, in their order
   */
  record Outcome(int hits, int windows, int falseAlarms, List<Boolean> hit) {}

  private final int smoothing;
  private final double deviations;

  AnomalyAlarms(int smoothing, double deviations) {
    this.smoothing = smoothing;
    this.deviations = deviations;
  }

  /** Raises the alarms and compares them with the windows. */
  Outcome judge(Series series, List<AnomalyWindows.Window> labelled) {
    Timestamp begin = series.time().get(series.from());
    List<AnomalyWindows.Window> windows =
        labelled.stream().filter(window -> window.end().after(begin)).toList();
    boolean[] hit = new boolean[windows.size()];
    int falseAlarms = 0;
    for (int[] alarm : alarms(series)) {
      boolean touched = false;
      for (int w = 0; w < hit.length; w++) {
        if (touches(series, alarm, windows.get(w))) {
          hit[w] = true;
          touched = true;
        }
      }
      falseAlarms += touched ? 0 : 1;
    }
    List<Boolean> each = new ArrayList<>();
    int hits = 0;
    for (boolean found : hit) {
      each.add(found);
      hits += found ? 1 : 0;
    }
    return new Outcome(hits, windows.size(), falseAlarms, each);
  }

  private static boolean touches(Series series, int[] alarm, AnomalyWindows.Window window) {
    for (int row = alarm[0]; row <= alarm[1]; row++) {
      if (window.holds(series.time().get(row))) {
        return true;
      }
    }
    return false;
  }

  /** The first and the last row of each alarm. */
  private List<int[]> alarms(Series series) {
    double[] score = smoothed(series.size());
    double threshold = threshold(score, series.probation(), series.from());
    List<int[]> alarms = new ArrayList<>();
    int[] last = null;
    for (int row = series.from(); row < score.length; row++) {
      if (score[row] > threshold) {
        if (last != null && row - last[1] <= smoothing) {
          last[1] = row;
        } else {
          last = new int[] {row, row};
          alarms.add(last);
        }
      }
    }
    return alarms;
  }

  private double[] smoothed(double[] size) {
    double[] score = new double[size.length];
    for (int row = 0; row < size.length; row++) {
      int from = Math.max(0, row - smoothing + 1);
      for (int each = from; each <= row; each++) {
        score[row] += size[each] / (row - from + 1);
      }
    }
    return score;
  }

  private double threshold(double[] score, int from, int to) {
    double mean = 0;
    for (int row = from; row < to; row++) {
      mean += score[row] / (to - from);
    }
    double variance = 0;
    for (int row = from; row < to; row++) {
      variance += (score[row] - mean) * (score[row] - mean) / (to - from);
    }
    return mean + deviations * Math.sqrt(variance);
  }
}
