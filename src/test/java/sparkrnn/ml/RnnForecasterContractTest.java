package sparkrnn.ml;

/** The estimator of forecasts as Spark expects it. */
final class RnnForecasterContractTest extends StageContractTest<RnnForecaster> {

  @Override
  RnnForecaster newStage() {
    return ForecastRows.small().setQuantiles(0.2, 0.8).setDistribution("quantile");
  }

  @Override
  RnnForecaster load(String path) {
    return RnnForecaster.load(path);
  }

  @Override
  void setPredictionCol(RnnForecaster stage, String name) {
    stage.setPredictionCol(name);
  }
}
