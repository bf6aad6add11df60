package sparkrnn.feature;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

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
}
