package sparkrnn.page;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

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

  /** A number beside an axis: as short as it can be. */
  static String tick(double value) {
    double size = Math.abs(value);
    if (size < 1e-12) {
      return "0";
    }
    if (size >= 1e6 || size < 1e-3) {
      String text = String.format(Locale.ROOT, "%.1e", value);
      return text.replace(".0e", "e").replace("e+0", "e").replace("e-0", "e-").replace("e+", "e");
    }
    String text = String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : "%.4f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
