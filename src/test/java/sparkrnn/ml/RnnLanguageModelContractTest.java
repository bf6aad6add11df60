package sparkrnn.ml;

/** The estimator of language models as Spark expects it. */
final class RnnLanguageModelContractTest extends StageContractTest<RnnLanguageModel> {

  @Override
  RnnLanguageModel newStage() {
    return StreamRows.small().setTieWeights(true).setOutputDropout(0.25);
  }

  @Override
  RnnLanguageModel load(String path) {
    return RnnLanguageModel.load(path);
  }

  @Override
  void setPredictionCol(RnnLanguageModel stage, String name) {
    stage.setNatsCol(name);
  }

  @Override
  String column() {
    return "natsCol";
  }

  @Override
  String unset() {
    return "orderCol";
  }
}
