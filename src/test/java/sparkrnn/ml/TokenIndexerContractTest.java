package sparkrnn.ml;

import sparkrnn.feature.TokenIndexer;

/** The stage as Spark expects it. */
final class TokenIndexerContractTest extends StageContractTest<TokenIndexer> {

  @Override
  TokenIndexer newStage() {
    return new TokenIndexer().setTokens("words").setLowercase(true).setMinCount(2);
  }

  @Override
  TokenIndexer load(String path) {
    return TokenIndexer.load(path);
  }

  @Override
  void setPredictionCol(TokenIndexer stage, String name) {
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
