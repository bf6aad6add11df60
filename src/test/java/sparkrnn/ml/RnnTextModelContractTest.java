package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The language model as Spark expects it. */
final class RnnTextModelContractTest extends StageContractTest<RnnTextModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnTextModel newStage() {
    return StreamRows.small().setEpochs(0).fit(StreamRows.texts(spark, 3, 20));
  }

  @Override
  RnnTextModel load(String path) {
    return RnnTextModel.load(path);
  }

  @Override
  void setPredictionCol(RnnTextModel stage, String name) {
    stage.setNatsCol(name);
  }

  @Override
  String column() {
    return "natsCol";
  }

  @Override
  String unset() {
    return "orderCol";
  }
}
