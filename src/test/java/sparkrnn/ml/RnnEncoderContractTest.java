package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The encoder as Spark expects it. */
final class RnnEncoderContractTest extends StageContractTest<RnnEncoder> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnEncoder newStage() {
    return ClassRows.small().setEpochs(0).fit(ClassRows.texts(spark, 20)).encoder();
  }

  @Override
  RnnEncoder load(String path) {
    return RnnEncoder.load(path);
  }

  @Override
  void setPredictionCol(RnnEncoder stage, String name) {
    stage.setOutputCol(name);
  }

  @Override
  String column() {
    return "outputCol";
  }
}
