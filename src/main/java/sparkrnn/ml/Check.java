package sparkrnn.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import sparkrnn.forecast.CalendarFeature;
import sparkrnn.series.TimeStep;

/** What a value of one param must be, alone; serializable, because params are. */
interface Check extends Serializable {

  boolean accepts(Object value);

  /** What is needed, as the end of a sentence: "it must be at least 1". */
  String needed();

  static Check wholeNumberFrom(int least) {
    return new WholeNumber(least, "it must be a whole number of at least " + least);
  }

  static Check checkpointInterval() {
    return new CheckpointInterval();
  }

  static Check longNumber() {
    return new OfType(Long.class, "it must be a long");
  }

  static Check anyText() {
    return new OfType(String.class, "it must be a text");
  }

  static Check optionalColumnName() {
    return new OfType(String.class, "it must be a column name, or empty");
  }

  static Check columnName() {
    return new ColumnName();
  }

  static Check unitsPerLayer() {
    return new UnitsPerLayer();
  }

  static Check wholeNumbersFrom(int least) {
    return new WholeNumbers(least);
  }

  static Check columnNames() {
    return new ColumnNames();
  }

  static Check names() {
    return new Names();
  }

  static Check thresholds() {
    return new Thresholds();
  }

  static Check classWeights() {
    return new ClassWeights();
  }

  static Check oneOf(String... allowed) {
    return new OneOf(List.of(allowed));
  }

  static Check numberFrom(double least) {
    return new FiniteNumber(least, true, Double.MAX_VALUE, true, "at least " + plain(least));
  }

  static Check numberAbove(double bound) {
    return new FiniteNumber(bound, false, Double.MAX_VALUE, true, "above " + plain(bound));
  }

  static Check numberInRange(double least, double bound) {
    String range = "at least " + plain(least) + " and below " + plain(bound);
    return new FiniteNumber(least, true, bound, false, range);
  }

  static Check numberAboveUpTo(double bound, double most) {
    String range = "above " + plain(bound) + " and at most " + plain(most);
    return new FiniteNumber(bound, false, most, true, range);
  }

  static Check numberInClosedRange(double least, double most) {
    String range = "at least " + plain(least) + " and at most " + plain(most);
    return new FiniteNumber(least, true, most, true, range);
  }

  static Check numberBetween(double low, double high) {
    String range = "above " + plain(low) + " and below " + plain(high);
    return new FiniteNumber(low, false, high, false, range);
  }

  static Check timeStep() {
    return new TimeStepText();
  }

  static Check calendarFeatures() {
    return new CalendarFeatures();
  }

  static Check quantiles() {
    return new Quantiles();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** A value of this type, whatever it is. */
  record OfType(Class<?> type, String needed) implements Check {
    @Override
    public boolean accepts(Object value) {
      return type.isInstance(value);
    }
  }

  /** An int from least on. */
  record WholeNumber(int least, String needed) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Integer number && number >= least;
    }
  }

  /** As Spark's checkpointInterval. */
  record CheckpointInterval() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Integer number && (number == -1 || number >= 1);
    }

    @Override
    public String needed() {
      return "it must be a whole number of at least 1, or -1";
    }
  }

  /** A finite double in a range: NaN passes many a comparison of Spark's own validators. */
  record FiniteNumber(
      double low, boolean lowIncluded, double high, boolean highIncluded, String range)
      implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Double number
          && Double.isFinite(number)
          && (lowIncluded ? number >= low : number > low)
          && (highIncluded ? number <= high : number < high);
    }

    @Override
    public String needed() {
      return "it must be a finite number " + range;
    }
  }

  /** A name that isn't empty. */
  record ColumnName() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String name && !name.isEmpty();
    }

    @Override
    public String needed() {
      return "it must be the name of a column";
    }
  }

  /** One of a few words. */
  record OneOf(List<String> allowed) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String word && allowed.contains(word);
    }

    @Override
    public String needed() {
      return "it must be one of \"" + String.join("\", \"", allowed) + "\"";
    }
  }

  /** At least one layer, each at least one unit wide. */
  record UnitsPerLayer() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof int[] units
          && units.length > 0
          && Arrays.stream(units).allMatch(width -> width >= 1);
    }

    @Override
    public String needed() {
      return "it must be at least 1 for every layer, and there must be at least one layer";
    }
  }

  /** Any number of ints from least on. */
  record WholeNumbers(int least) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof int[] numbers
          && Arrays.stream(numbers).allMatch(each -> each >= least);
    }

    @Override
    public String needed() {
      return "all must be whole numbers of at least " + least;
    }
  }

  /** Any number of names, none empty, no two the same. */
  record ColumnNames() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String[] names
          && Arrays.stream(names).noneMatch(String::isEmpty)
          && Arrays.stream(names).distinct().count() == names.length;
    }

    @Override
    public String needed() {
      return "it must hold names of columns, each once";
    }
  }

  /** Any number of names, none of them empty. */
  record Names() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String[] names
          && Arrays.stream(names).noneMatch(name -> name == null || name.isEmpty());
    }

    @Override
    public String needed() {
      return "none of them may be empty";
    }
  }

  /** As Spark's thresholds. */
  record Thresholds() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof double[] thresholds
          && Arrays.stream(thresholds).allMatch(each -> each >= 0 && Double.isFinite(each))
          && Arrays.stream(thresholds).filter(each -> each == 0).count() <= 1;
    }

    @Override
    public String needed() {
      return "all must be finite numbers of at least 0, and at most one may be 0";
    }
  }

  /** At least two, finite and above 0. */
  record ClassWeights() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof double[] weights
          && weights.length > 1
          && Arrays.stream(weights).allMatch(each -> each > 0 && Double.isFinite(each));
    }

    @Override
    public String needed() {
      return "all must be finite numbers above 0, one for each class";
    }
  }

  /** What {@link TimeStep} can read, or nothing. */
  record TimeStepText() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && (text.isEmpty() || TimeStep.parse(text).isPresent());
    }

    @Override
    public String needed() {
      return "it must be a number above 0, or one amount of months, days or a fixed time, such as"
          + " \"1 hour\", or empty";
    }
  }

  /** Names of calendar features, each once, or "auto" alone. */
  record CalendarFeatures() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String[] names
          && (Arrays.equals(names, new String[] {"auto"})
              || (CalendarFeature.names().containsAll(List.of(names))
                  && Arrays.stream(names).distinct().count() == names.length));
    }

    @Override
    public String needed() {
      return "it must hold \"auto\" alone, or some of \""
          + String.join("\", \"", CalendarFeature.names())
          + "\", each once";
    }
  }

  /** Levels of quantiles. */
  record Quantiles() implements Check {
    @Override
    public boolean accepts(Object value) {
      if (!(value instanceof double[] levels) || levels.length == 0) {
        return false;
      }
      double before = 0;
      for (double level : levels) {
        if (!(level > before && level < 1)) {
          return false;
        }
        before = level;
      }
      return true;
    }

    @Override
    public String needed() {
      return "there must be at least one, each above 0 and below 1, in increasing order";
    }
  }
}
