package sparkrnn.ml;

import sparkrnn.feature.SequenceAssembler;

/** The stage as Spark expects it. */
final class SequenceAssemblerContractTest extends StageContractTest<SequenceAssembler> {

  @Override
  SequenceAssembler newStage() {
    return new SequenceAssembler().setKeyCols("user").setTimeCol("at").setMaxLength(9);
  }

  @Override
  SequenceAssembler load(String path) {
    return SequenceAssembler.load(path);
  }

  @Override
  void setPredictionCol(SequenceAssembler stage, String name) {
    stage.setFeaturesCol(name);
  }

  @Override
  String column() {
    return "featuresCol";
  }

  @Override
  String unset() {
    return "valueCols";
  }
}
