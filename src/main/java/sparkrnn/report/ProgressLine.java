package sparkrnn.report;

import java.util.Locale;

/**
 * What a progress line says.
 *
 * @param epoch from 1
 * @param maxIter epochs at most
 * @param step within the epoch, from 1; 0 when the epoch is done
 * @param stepsPerEpoch training steps of one epoch
 * @param loss mean over the batches of the epoch so far
 * @param validationLoss of the last epoch that was validated; NaN if there is none
 * @param sequencesPerSecond training sequences; NaN if it is not known yet
 * @param time left or used, with the word that says which; empty if it is not known
 */
record ProgressLine(
    int epoch,
    int maxIter,
    long step,
    long stepsPerEpoch,
    double loss,
    double validationLoss,
    double sequencesPerSecond,
    String time) {

  /** The whole words if they fit, else abbreviations, cut at the width if need be. */
  String text(int width) {
    String whole = whole();
    if (whole.length() <= width) {
      return whole;
    }
    String abbreviated = abbreviated();
    return abbreviated.substring(0, Math.min(width, abbreviated.length()));
  }

  private String whole() {
    StringBuilder text = new StringBuilder("epoch " + epoch + "/" + maxIter);
    if (step > 0) {
      text.append(", step ").append(step).append('/').append(stepsPerEpoch);
    }
    text.append(": loss ").append(number(loss));
    if (!Double.isNaN(validationLoss)) {
      text.append(", validation loss ").append(number(validationLoss));
    }
    if (!Double.isNaN(sequencesPerSecond)) {
      text.append(", ").append(Math.round(sequencesPerSecond)).append(" sequences/s");
    }
    return time.isEmpty() ? text.toString() : text.append(", ").append(time).toString();
  }

  private String abbreviated() {
    return whole()
        .replace(", ", " ")
        .replace(": loss", " loss")
        .replace("validation loss", "val")
        .replace("sequences/s", "seq/s");
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value)
        : String.valueOf(value);
  }

  /** "0:07", "12:30" or "1:02:03". */
  static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
  }
}
