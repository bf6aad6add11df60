package sparkrnn.ml;

/**
 * How well a model predicts the labels of a data set; errors are weighted by weightCol and, with
 * several outputs, averaged over them.
 *
 * @param loss by the param loss
 * @param meanSquaredError in squared units of the label
 * @param rootMeanSquaredError in units of the label
 * @param meanAbsoluteError in units of the label
 * @param r2 share of the variance of the labels that is explained, at most 1; not finite where all
 *     labels of an output are equal
 * @param numInstances rows that counted
 */
public record RnnRegressionSummary(
    double loss,
    double meanSquaredError,
    double rootMeanSquaredError,
    double meanAbsoluteError,
    double r2,
    long numInstances) {

  static RnnRegressionSummary of(ErrorStatistics statistics, String loss) {
    double squared = statistics.meanSquaredError();
    double absolute = statistics.meanAbsoluteError();
    double byName =
        switch (loss) {
          case "mse" -> squared;
          case "mae" -> absolute;
          case "huber" -> statistics.meanHuber();
          default -> throw new IllegalArgumentException("There is no loss \"" + loss + "\".");
        };
    return new RnnRegressionSummary(
        byName, squared, Math.sqrt(squared), absolute, statistics.r2(), statistics.rows());
  }
}
