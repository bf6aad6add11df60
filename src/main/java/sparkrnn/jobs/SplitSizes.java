package sparkrnn.jobs;

import java.io.Serializable;
import java.util.Locale;

/**
 * How many of the ordered examples are for training, validation and test.
 *
 * @param train the first ones
 * @param validation the next ones
 * @param test the next ones; what is left is not used
 */
record SplitSizes(long train, long validation, long test) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double DEFAULT_TRAIN = 0.8;

  /**
   * Reads the section "split": numbers of 1 and more are counts, below 1 fractions. What is left
   * after training and validation is the test where its size is not given.
   *
   * @throws JobException if a size is negative or all of them together are too many
   */
  static SplitSizes of(JobConfig config, long total) {
    long train = count(config, "split.train", DEFAULT_TRAIN, total);
    long validation = count(config, "split.validation", 0, total);
    long test =
        config.has("split.test")
            ? count(config, "split.test", 0, total)
            : Math.max(0, total - train - validation);
    if (train < 1 || train + validation + test > total) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "split.train %d, split.validation %d and split.test %d don't fit %d examples.",
              train,
              validation,
              test,
              total));
    }
    return new SplitSizes(train, validation, test);
  }

  private static long count(JobConfig config, String key, double otherwise, long total) {
    double size = config.number(key, otherwise);
    if (size < 0) {
      throw new JobException(
          String.format(Locale.ROOT, "\"%s\" is %s; it must not be negative.", key, size));
    }
    return size < 1 ? Math.round(size * total) : Math.round(size);
  }

  /** "train", "validation", "test" or "unused" for the example at this place of the order. */
  String part(long place) {
    if (place < train) {
      return Examples.TRAIN;
    }
    if (place < train + validation) {
      return Examples.VALIDATION;
    }
    return place < train + validation + test ? Examples.TEST : "unused";
  }
}
