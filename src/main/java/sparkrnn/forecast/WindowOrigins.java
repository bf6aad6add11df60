package sparkrnn.forecast;

import java.util.ArrayList;
import java.util.List;

/** Which windows a series has. */
final class WindowOrigins {

  /** What a window is for. */
  enum Use {
    TRAINING,
    VALIDATION,
    SKIPPED
  }

  /** One window. */
  record Window(int origin, Use use) {}

  private WindowOrigins() {}

  /**
   * The windows whose targets lie in the observed rows, from the first possible origin on; one that
   * is skipped if there is none. Without those that training and validation share.
   */
  static List<Window> of(Series series, ForecastPlan plan) {
    List<Window> windows = new ArrayList<>();
    int last = series.observed() - 1 - plan.horizon();
    for (int origin = plan.history() - 1; origin <= last; origin += plan.stride()) {
      int heldOut = 0;
      for (int step = 1; step <= plan.horizon(); step++) {
        heldOut += series.validation(origin + step) ? 1 : 0;
      }
      boolean whole =
          series.readable(origin, plan.history())
              && series.targetsKnown(origin, plan.horizon())
              && series.staticsKnown();
      if (!whole) {
        windows.add(new Window(origin, Use.SKIPPED));
      } else if (heldOut == 0) {
        windows.add(new Window(origin, Use.TRAINING));
      } else if (heldOut == plan.horizon()) {
        windows.add(new Window(origin, Use.VALIDATION));
      }
    }
    if (last < plan.history() - 1) {
      windows.add(new Window(series.observed() - 1, Use.SKIPPED));
    }
    return windows;
  }
}
