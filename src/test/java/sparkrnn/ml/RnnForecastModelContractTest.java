package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The model of forecasts as Spark expects it. */
final class RnnForecastModelContractTest extends StageContractTest<RnnForecastModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnForecastModel newStage() {
    return ForecastRows.small().setEpochs(0).fit(ForecastRows.shops(spark));
  }

  @Override
  RnnForecastModel load(String path) {
    return RnnForecastModel.load(path);
  }

  @Override
  void setPredictionCol(RnnForecastModel stage, String name) {
    stage.setPredictionCol(name);
  }
}
