package sparkrnn.ml;

/** The estimator as Spark expects it. */
final class RnnRegressorContractTest extends StageContractTest<RnnRegressor> {

  @Override
  RnnRegressor newStage() {
    return SequenceRows.small();
  }

  @Override
  RnnRegressor load(String path) {
    return RnnRegressor.load(path);
  }

  @Override
  void setPredictionCol(RnnRegressor stage, String name) {
    stage.setPredictionCol(name);
  }
}
