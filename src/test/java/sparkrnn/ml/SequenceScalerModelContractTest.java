package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import sparkrnn.feature.SequenceScaler;
import sparkrnn.feature.SequenceScalerModel;

/** The model as Spark expects it. */
final class SequenceScalerModelContractTest extends StageContractTest<SequenceScalerModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  SequenceScalerModel newStage() {
    SequenceScalerModel model =
        new SequenceScaler()
            .setInputCol("v")
            .setKeyCols("k")
            .fit(spark.sql("SELECT 'a' AS k, array(1, 2, 4) AS v"));
    model.clear(model.inputCol());
    return model.setFeatureIndices(0);
  }

  @Override
  SequenceScalerModel load(String path) {
    return SequenceScalerModel.load(path);
  }

  @Override
  void setPredictionCol(SequenceScalerModel stage, String name) {
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
