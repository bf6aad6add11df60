package sparkrnn.ml;

import sparkrnn.feature.ImageRows;

/** The stage as Spark expects it. */
final class ImageRowsContractTest extends StageContractTest<ImageRows> {

  @Override
  ImageRows newStage() {
    return new ImageRows().setGrayscale(true).setHeight(28);
  }

  @Override
  ImageRows load(String path) {
    return ImageRows.load(path);
  }

  @Override
  void setPredictionCol(ImageRows stage, String name) {
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
