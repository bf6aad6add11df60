package sparkrnn.feature;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import sparkrnn.series.TimeStep;

/** What a value of one param must be, alone; serializable, because params are. */
interface Check extends Serializable {

  boolean accepts(Object value);

  /** What is needed, as the end of a sentence: "it must be at least 1". */
  String needed();

  static Check wholeNumberFrom(int least) {
    return new WholeNumber(least);
  }

  static Check columnName() {
    return new ColumnName();
  }

  static Check columnNames(int least) {
    return new ColumnNames(least);
  }

  static Check oneOf(String... allowed) {
    return new OneOf(List.of(allowed));
  }

  /** A whole number whose bound has a reason, which ends the sentence. */
  static Check wholeNumberFrom(int least, String reason) {
    return new ReasonedWholeNumber(least, reason);
  }

  static Check wholeNumberBetween(int least, int most) {
    return new WholeNumberRange(least, most);
  }

  static Check positiveNumber() {
    return new PositiveNumber();
  }

  /** A finite number from least on, and below a bound. */
  static Check numberFrom(double least, double bound) {
    return new NumberRange(least, bound);
  }

  static Check featureIndices() {
    return new FeatureIndices();
  }

  static Check pattern() {
    return new PatternText();
  }

  static Check timeStep() {
    return new TimeStepText();
  }

  /** An int from least on. */
  record WholeNumber(int least) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Integer number && number >= least;
    }

    @Override
    public String needed() {
      return "it must be a whole number of at least " + least;
    }
  }

  /** An int between two others or one of them. */
  record WholeNumberRange(int least, int most) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Integer number && number >= least && number <= most;
    }

    @Override
    public String needed() {
      return "it must be a whole number from " + least + " to " + most;
    }
  }

  /** A finite double above 0. */
  record PositiveNumber() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Double number && Double.isFinite(number) && number > 0;
    }

    @Override
    public String needed() {
      return "it must be a finite number above 0";
    }
  }

  /** A finite double from least on, and below a bound, which may be infinite. */
  record NumberRange(double least, double bound) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Double number && number >= least && number < bound;
    }

    @Override
    public String needed() {
      return "it must be a finite number of at least "
          + least
          + (bound < Double.POSITIVE_INFINITY ? " and below " + bound : "");
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

  /** Names, none of them empty or twice. */
  record ColumnNames(int least) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String[] names
          && names.length >= least
          && Arrays.stream(names).allMatch(name -> name != null && !name.isEmpty())
          && Arrays.stream(names).distinct().count() == names.length;
    }

    @Override
    public String needed() {
      return least > 0
          ? "it must name at least one column, none of them twice"
          : "it must be names of columns, none of them twice";
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

  /** What {@link TimeStep} can read, or nothing. */
  record TimeStepText() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && (text.isEmpty() || TimeStep.parse(text).isPresent());
    }

    @Override
    public String needed() {
      return "it must be a positive number such as \"1\" where times are numbers, one positive amount"
          + " of time such as \"15 minutes\", \"1 day\" or \"1 month\" where they are timestamps or"
          + " dates, or empty";
    }
  }

  /** An int from least on, and why. */
  record ReasonedWholeNumber(int least, String reason) implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Integer number && number >= least;
    }

    @Override
    public String needed() {
      return "it must be a whole number of at least " + least + ", because " + reason;
    }
  }

  /** Places of features, counted from 0; none means all. */
  record FeatureIndices() implements Check {
    @Override
    public boolean accepts(Object value) {
      return value instanceof int[] indices && Arrays.stream(indices).allMatch(index -> index >= 0);
    }

    @Override
    public String needed() {
      return "it must be places of features, counted from 0";
    }
  }

  /** A regular expression of Java. */
  record PatternText() implements Check {
    @Override
    public boolean accepts(Object value) {
      if (!(value instanceof String text) || text.isEmpty()) {
        return false;
      }
      try {
        Pattern.compile(text);
        return true;
      } catch (PatternSyntaxException noPattern) {
        return false;
      }
    }

    @Override
    public String needed() {
      return "it must be a regular expression as java.util.regex.Pattern reads it, such as"
          + " \"\\\\w+\"";
    }
  }
}
