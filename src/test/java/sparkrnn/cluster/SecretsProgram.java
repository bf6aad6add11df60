package sparkrnn.cluster;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/**
 * Trains on two executors with Spark's secret and encryption, with checkpoints, and saves the
 * model; prints all that listeners hear and the digest. Arguments: a directory, the secret.
 */
final class SecretsProgram {

  private SecretsProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("secrets")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.authenticate", "true")
            .config("spark.authenticate.secret", arguments[1])
            .config("spark.network.crypto.enabled", "true")
            .config("spark.io.encryption.enabled", "true")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.dir", directory.resolve("events").toUri().toString())
            .getOrCreate();
    RnnRegressor estimator =
        SameBitsProgram.estimator("lstm")
            .setExchange("rpc")
            .setCheckpointDir(directory.resolve("checkpoints").toString())
            .setCheckpointSteps(1)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void stepEnded(int epoch, long step, double loss) {
                    if (epoch == 2 && step == 2) {
                      throw new IllegalStateException("dead, with its checkpoints");
                    }
                  }

                  @Override
                  public void notice(String sentence) {
                    System.out.println("notice: " + sentence);
                  }
                });
    try {
      estimator.fit(SameBitsProgram.data(spark, 3));
    } catch (IllegalStateException expected) {
      expected.printStackTrace(System.out);
    }
    RnnRegressionModel model =
        SameBitsProgram.estimator("lstm").setExchange("rpc").fit(SameBitsProgram.data(spark, 3));
    model.save(directory.resolve("model").toString());
    System.out.println(model.summary().exchange() + " digest " + SameBitsProgram.digest(model));
    spark.stop();
  }
}
