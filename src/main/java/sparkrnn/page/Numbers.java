package sparkrnn.page;

import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

  private static final int MOST_TICK_DECIMALS = 5;

  private Numbers() {}

  /** Four digits that count; empty for NaN. */
  public static String shown(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e9) {
      return whole((long) value);
    }
    return size >= 1e-4 && size < 1e7
        ? String.format(Locale.ROOT, "%." + decimals(size) + "f", value)
        : String.format(Locale.ROOT, "%.3e", value);
  }

  private static int decimals(double size) {
    return Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
  }

  /** A whole number, its thousands apart. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** "0.4 s", "12 s", "3 min 20 s" or "2 h 5 min". */
  public static String duration(double seconds) {
    if (seconds > 0 && seconds < 0.05) {
      return shown(seconds) + " s";
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole / 60 % 60 + " min";
  }

  /**
   * The numbers beside an axis: as short as they can be and still differ, and alike where five
   * decimals are enough for all.
   */
  static List<String> ticks(List<Double> values) {
    int decimals = values.stream().mapToInt(Numbers::decimalsOf).max().orElse(0);
    boolean plain =
        decimals <= MOST_TICK_DECIMALS && values.stream().allMatch(v -> Math.abs(v) < 1e6);
    return values.stream().map(v -> plain ? plain(v, decimals) : alone(v)).toList();
  }

  private static String alone(double value) {
    double size = Math.abs(value);
    if (size < 1e-12) {
      return "0";
    }
    if (size >= 1e-3 && size < 1e6) {
      return plain(value, decimalsOf(value));
    }
    int power = (int) Math.floor(Math.log10(size) + 1e-9);
    double mantissa = value / Math.pow(10, power);
    return plain(mantissa, decimalsOf(mantissa)) + "e" + power;
  }

  private static String plain(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** The fewest that tell the number, up to nine. */
  private static int decimalsOf(double value) {
    int decimals = 0;
    double shifted = value;
    while (decimals < 9
        && Math.abs(shifted - Math.rint(shifted)) > 1e-9 * Math.max(1, Math.abs(shifted))) {
      decimals++;
      shifted = value * Math.pow(10, decimals);
    }
    return decimals;
  }
}
