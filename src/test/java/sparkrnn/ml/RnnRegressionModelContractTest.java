package sparkrnn.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** The model as Spark expects it. */
final class RnnRegressionModelContractTest extends StageContractTest<RnnRegressionModel> {

  private static SparkSession spark;

  @BeforeAll
  static void keep(SparkSession session) {
    spark = session;
  }

  @Override
  RnnRegressionModel newStage() {
    return SequenceRows.small().setEpochs(0).fit(SequenceRows.means(spark, 16));
  }

  @Override
  RnnRegressionModel load(String path) {
    return RnnRegressionModel.load(path);
  }

  @Override
  void setPredictionCol(RnnRegressionModel stage, String name) {
    stage.setPredictionCol(name);
  }
}
