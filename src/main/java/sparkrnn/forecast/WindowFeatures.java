package sparkrnn.forecast;

import java.time.LocalDateTime;
import java.util.List;
import sparkrnn.series.CalendarTimes;

/**
 * The features of the time steps of a window, side by side: targets, their lags, past covariates,
 * future covariates at the time step and their leads, calendar, static numbers, static texts (1 at
 * the place of the value, all 0 where it is unknown), and of counts the logarithms of their scales.
 */
public final class WindowFeatures {

  private final ForecastPlan plan;
  private final WindowScale scale;
  private final int targets;
  private final int past;
  private final int future;
  private final List<Integer> leads;

  /**
   * For windows of a plan that has learnt.
   *
   * @param scale of the window that is written
   */
  public WindowFeatures(ForecastPlan plan, WindowScale scale) {
    this.plan = plan;
    this.scale = scale;
    this.targets = plan.targets();
    this.past = plan.series().columns().past().size();
    this.future = plan.series().columns().future().size();
    this.leads = plan.leads();
  }

  /** Features of a time step. */
  public int width() {
    return targets * (1 + plan.lags().size())
        + past
        + future * (1 + leads.size())
        + CalendarFeature.WIDTH * plan.calendar().size()
        + plan.learnt().staticNumbers().size()
        + plan.learnt().categories().stream().mapToInt(List::size).sum()
        + (plan.distribution().ofCounts() ? targets : 0);
  }

  /** The sequence of a window, (time steps, features). */
  public float[] sequence(Series series, int origin) {
    int width = width();
    float[] sequence = new float[Math.multiplyExact(plan.contextLength(), width)];
    for (int t = 0; t < plan.contextLength(); t++) {
      write(series, origin - plan.contextLength() + 1 + t, sequence, t * width);
    }
    return sequence;
  }

  private void write(Series series, int row, float[] to, int from) {
    int at = from;
    for (int i = 0; i < targets; i++) {
      to[at++] = (float) scale.input(row, i);
    }
    for (int lag : plan.lags()) {
      for (int i = 0; i < targets; i++) {
        to[at++] = (float) scale.input(row - lag, i);
      }
    }
    for (int i = 0; i < past; i++) {
      to[at++] = (float) scale.input(row, targets + i);
    }
    for (int i = 0; i < future; i++) {
      Moments moments = plan.learnt().future().get(i);
      to[at++] = (float) moments.standardized(series.future(row, i));
      for (int lead : leads) {
        to[at++] = (float) moments.standardized(series.future(row + lead, i));
      }
    }
    if (!plan.calendar().isEmpty()) {
      at = writeCalendar(series.time(row), to, at);
    }
    writeStatics(series, to, at);
  }

  private int writeCalendar(Object time, float[] to, int from) {
    LocalDateTime local = ((CalendarTimes) plan.series().axis()).local(time);
    int at = from;
    for (CalendarFeature feature : plan.calendar()) {
      feature.write(local, to, at);
      at += CalendarFeature.WIDTH;
    }
    return at;
  }

  private void writeStatics(Series series, float[] to, int from) {
    int at = from;
    for (int i = 0; i < plan.learnt().staticNumbers().size(); i++) {
      to[at++] = (float) plan.learnt().staticNumbers().get(i).standardized(series.staticNumber(i));
    }
    for (int i = 0; i < plan.learnt().categories().size(); i++) {
      List<String> known = plan.learnt().categories().get(i);
      String text = series.staticText(i);
      int place = text == null ? -1 : java.util.Collections.binarySearch(known, text);
      if (place >= 0) {
        to[at + place] = 1;
      }
      at += known.size();
    }
    if (plan.distribution().ofCounts()) {
      for (int i = 0; i < targets; i++) {
        to[at++] = (float) scale.offset(i);
      }
    }
  }

  /** The label of a window whose targets are known: row by row, in it target by target. */
  float[] label(Series series, int origin) {
    boolean counts = plan.distribution().ofCounts();
    float[] label = new float[plan.horizon() * targets * plan.numbersPerTarget()];
    int at = 0;
    for (int step = 1; step <= plan.horizon(); step++) {
      for (int i = 0; i < targets; i++) {
        double y = series.target(origin + step, i);
        if (counts) {
          label[at++] = (float) y;
          label[at++] = (float) scale.offset(i);
        } else {
          label[at++] = (float) ((y - scale.baseline(i, step)) / scale.scaleOf(i));
        }
      }
    }
    return label;
  }
}
