package sparkrnn.ml;

import sparkrnn.feature.AudioFeatures;

/** The stage as Spark expects it. */
final class AudioFeaturesContractTest extends StageContractTest<AudioFeatures> {

  @Override
  AudioFeatures newStage() {
    return new AudioFeatures().setSampleRate(8000).setHopMillis(12.5).setDeltas(2);
  }

  @Override
  AudioFeatures load(String path) {
    return AudioFeatures.load(path);
  }

  @Override
  void setPredictionCol(AudioFeatures stage, String name) {
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
