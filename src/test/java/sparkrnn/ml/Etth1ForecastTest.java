package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.LocalSpark;

/**
 * ETTh1 (zhouhaoyi/ETDataset) with {@code -Pslow}: 12 months train, 4 validate, 4 test, every hour
 * an origin. If this fails, forecasts are no better than what needs no network.
 */
@ExtendWith(LocalSpark.class)
@Tag("slow")
@Timeout(900)
final class Etth1ForecastTest {

  private static final Path FILE = Path.of("../shared/data/ETT/ETTh1.csv");
  private static final String[] ALL = {"HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"};
  private static final int TRAINING = 12 * 30 * 24;
  private static final int MONTHS = 4 * 30 * 24;

  private final SparkSession spark;

  Etth1ForecastTest(SparkSession spark) {
    this.spark = spark;
  }

  private static RnnForecaster forecaster(boolean all) {
    return new RnnForecaster()
        .setTimeCol("date")
        .setTargetCols(all ? ALL : new String[] {"OT"})
        .setContextLength(96)
        .setStride(2)
        .setWindowLevel(all ? "mean" : "last")
        .setSeasonalWeight(all ? 0.5 : 0)
        .setDistribution("quantile")
        .setCell("gru")
        .setUnits(32)
        .setEpochs(8)
        .setBatchSize(64)
        .setGlobalClipNorm(1)
        .setPatience(3)
        .setValidationIndicatorCol("heldOut")
        .setSeed(1);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 24",
    "false, 48",
    "false, 168",
    "true, 24",
    "true, 48",
    "true, 168",
  })
  void medianBeatsTheNaiveForecastsAndFourOfFiveValuesLieInTheirIntervals(
      boolean all, int horizon) {
    assumeTrue(Files.exists(FILE), "ETTh1.csv is not beside the project");
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(FILE.toString())
            .limit(TRAINING + 2 * MONTHS);
    String validation = "2017-06-26 00:00:00";
    String test = "2017-10-24 00:00:00";
    Dataset<Row> fit =
        rows.limit(TRAINING + MONTHS).withColumn("heldOut", functions.col("date").geq(validation));
    RnnForecastModel model =
        forecaster(all).setHorizon(horizon).fit(fit).calibrate(fit, 1, validation);
    RnnBacktest backtest = model.backtest(rows, 1, test);
    assertThat(backtest.windows()).isEqualTo(MONTHS - horizon + 1);
    for (RnnBacktest.Metrics naive :
        new RnnBacktest.Metrics[] {backtest.lastValue(), backtest.seasonalNaive()}) {
      assertThat(backtest.model().standardizedMse()).isLessThan(naive.standardizedMse());
      assertThat(backtest.model().standardizedMae()).isLessThan(naive.standardizedMae());
    }
    assertThat(backtest.model().coverage()).isBetween(0.75, 0.85);
  }
}
