package sparkrnn.ml;

/** The estimator of classes as Spark expects it. */
final class RnnClassifierContractTest extends StageContractTest<RnnClassifier> {

  @Override
  RnnClassifier newStage() {
    return ClassRows.small().setClassWeights(1, 2.5, 0.5);
  }

  @Override
  RnnClassifier load(String path) {
    return RnnClassifier.load(path);
  }

  @Override
  void setPredictionCol(RnnClassifier stage, String name) {
    stage.setPredictionCol(name);
  }

  @Override
  String unset() {
    return "thresholds";
  }
}
