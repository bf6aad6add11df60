package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The model of labels of time steps as Spark expects it. */
final class RnnTaggingModelContractTest extends StageContractTest<RnnTaggingModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnTaggingModel newStage() {
    return TagRows.small().setEpochs(0).fit(TagRows.texts(spark, 24));
  }

  @Override
  RnnTaggingModel load(String path) {
    return RnnTaggingModel.load(path);
  }

  @Override
  void setPredictionCol(RnnTaggingModel stage, String name) {
    stage.setPredictionCol(name);
  }
}
