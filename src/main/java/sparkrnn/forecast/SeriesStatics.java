package sparkrnn.forecast;

import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * The static covariates of one series, gathered from its rows.
 *
 * @param numbers NaN where no row has one
 * @param texts null where no row has one
 */
record SeriesStatics(double[] numbers, String[] texts) {

  static SeriesStatics none(SeriesColumns columns) {
    double[] numbers = new double[columns.staticNumbers().size()];
    java.util.Arrays.fill(numbers, Double.NaN);
    return new SeriesStatics(numbers, new String[columns.staticTexts().size()]);
  }

  /**
   * Takes what a row says.
   *
   * @throws IllegalArgumentException if it says something else than a row before
   */
  void take(Row row, SeriesPlan plan, Object[] key) {
    SeriesColumns columns = plan.columns();
    for (int i = 0; i < numbers.length; i++) {
      int place = columns.firstStaticNumber() + i;
      double found = row.isNullAt(place) ? Double.NaN : row.getDouble(place);
      if (!Double.isNaN(found) && !Double.isNaN(numbers[i]) && found != numbers[i]) {
        throw twoValues(plan, key, place, numbers[i], found);
      }
      numbers[i] = Double.isFinite(found) ? found : numbers[i];
    }
    for (int i = 0; i < texts.length; i++) {
      int place = columns.firstStaticText() + i;
      String found = row.getString(place);
      if (found != null && texts[i] != null && !found.equals(texts[i])) {
        throw twoValues(plan, key, place, '"' + texts[i] + '"', '"' + found + '"');
      }
      texts[i] = found == null ? texts[i] : found;
    }
  }

  private static IllegalArgumentException twoValues(
      SeriesPlan plan, Object[] key, int place, Object one, Object other) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: %s is %s in one row of %s and %s in another; a static covariate has one value for"
                + " each series. Make it so, or list the column in pastCovariateCols or"
                + " futureCovariateCols.",
            plan.stage(),
            plan.columns().shown(place),
            one,
            plan.describe(key),
            other));
  }
}
