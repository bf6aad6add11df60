package sparkrnn.ml;

import sparkrnn.feature.SequenceScaler;

/** The stage as Spark expects it. */
final class SequenceScalerContractTest extends StageContractTest<SequenceScaler> {

  @Override
  SequenceScaler newStage() {
    return new SequenceScaler().setScaler("robust").setKeyCols("store", "item");
  }

  @Override
  SequenceScaler load(String path) {
    return SequenceScaler.load(path);
  }

  @Override
  void setPredictionCol(SequenceScaler stage, String name) {
    stage.setOutputCol(name);
  }

  @Override
  String column() {
    return "outputCol";
  }

  @Override
  String unset() {
    return "inputCol";
  }
}
