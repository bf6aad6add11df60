package sparkrnn.ml;

import sparkrnn.feature.SlidingWindow;

/** The stage as Spark expects it. */
final class SlidingWindowContractTest extends StageContractTest<SlidingWindow> {

  @Override
  SlidingWindow newStage() {
    return new SlidingWindow().setKeyCols("store", "item").setTimeCol("at").setWindowSize(3);
  }

  @Override
  SlidingWindow load(String path) {
    return SlidingWindow.load(path);
  }

  @Override
  void setPredictionCol(SlidingWindow stage, String name) {
    stage.setLabelCol(name);
  }

  @Override
  String column() {
    return "labelCol";
  }

  @Override
  String unset() {
    return "timeStep";
  }
}
