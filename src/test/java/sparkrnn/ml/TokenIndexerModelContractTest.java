package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import sparkrnn.feature.TokenIndexer;
import sparkrnn.feature.TokenIndexerModel;

/** The model as Spark expects it. */
final class TokenIndexerModelContractTest extends StageContractTest<TokenIndexerModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  TokenIndexerModel newStage() {
    TokenIndexerModel model =
        new TokenIndexer().setInputCol("text").fit(spark.sql("SELECT 'abba' AS text"));
    model.clear(model.inputCol());
    return model;
  }

  @Override
  TokenIndexerModel load(String path) {
    return TokenIndexerModel.load(path);
  }

  @Override
  void setPredictionCol(TokenIndexerModel stage, String name) {
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
