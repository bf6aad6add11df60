package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The model of classes as Spark expects it. */
final class RnnClassificationModelContractTest extends StageContractTest<RnnClassificationModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnClassificationModel newStage() {
    return ClassRows.small()
        .setEpochs(0)
        .setThresholds(0.2, 0.3, 0.5)
        .fit(ClassRows.texts(spark, 24));
  }

  @Override
  RnnClassificationModel load(String path) {
    return RnnClassificationModel.load(path);
  }

  @Override
  void setPredictionCol(RnnClassificationModel stage, String name) {
    stage.setPredictionCol(name);
  }
}
