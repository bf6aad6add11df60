package sparkrnn.feature;

import java.util.Locale;
import scala.collection.Seq;

/** Why the numbers of a row can't be scaled, in words. */
final class NumberFlaw {

  /** Squares of larger numbers are not finite. */
  private static final double LARGEST = 1e150;

  private NumberFlaw() {}

  /**
   * Looks for a flaw in what {@link NumberShape#doubles} gives.
   *
   * @param width features of a time step
   * @return null if there is none
   */
  static String of(Seq<?> values, boolean nested, int width) {
    if (values == null) {
      return "holds null; every row needs its numbers";
    }
    return nested ? ofSteps(values, width) : ofRow(values, width);
  }

  private static String ofRow(Seq<?> numbers, int width) {
    if (numbers.size() % width != 0) {
      return String.format(
          Locale.ROOT,
          "has %d numbers in a row; there must be %d, one for each feature, or a multiple of it",
          numbers.size(),
          width);
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (!usable(numbers.apply(i))) {
        return notFinite(numbers.apply(i), i / width, i % width);
      }
    }
    return null;
  }

  private static String ofSteps(Seq<?> steps, int width) {
    for (int t = 0; t < steps.size(); t++) {
      if (!(steps.apply(t) instanceof Seq<?> step)) {
        return "holds null at time step " + t + "; every time step needs its features";
      }
      if (step.size() != width) {
        return String.format(
            Locale.ROOT,
            "has %d features at time step %d; all time steps of all rows need %d",
            step.size(),
            t,
            width);
      }
      for (int feature = 0; feature < width; feature++) {
        if (!usable(step.apply(feature))) {
          return notFinite(step.apply(feature), t, feature);
        }
      }
    }
    return null;
  }

  private static boolean usable(Object number) {
    return number instanceof Double value && Math.abs(value) <= LARGEST;
  }

  private static String notFinite(Object number, int t, int feature) {
    boolean finite = number instanceof Double value && Double.isFinite(value);
    return String.format(
        Locale.ROOT,
        "holds %s at time step %d, feature %d; numbers must be %s",
        number,
        t,
        feature,
        finite ? "at most 1e150" : "finite");
  }
}
