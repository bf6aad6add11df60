package sparkrnn.ml;

/** The estimator of labels of time steps as Spark expects it. */
final class RnnTaggerContractTest extends StageContractTest<RnnTagger> {

  @Override
  RnnTagger newStage() {
    return TagRows.learning().setFeaturesCols("words", "shapes").setEmbeddingSizes(5, 3);
  }

  @Override
  RnnTagger load(String path) {
    return RnnTagger.load(path);
  }

  @Override
  void setPredictionCol(RnnTagger stage, String name) {
    stage.setPredictionCol(name);
  }
}
