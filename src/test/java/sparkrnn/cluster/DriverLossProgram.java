package sparkrnn.cluster;

import org.apache.spark.sql.SparkSession;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/**
 * One fit with checkpoints in a process of its own, to be killed; prints its digest if it comes to
 * its end. Arguments: checkpointDir, and the step to wait in for the end, or 0.
 */
final class DriverLossProgram {

  private DriverLossProgram() {}

  static RnnRegressor estimator(String checkpointDir) {
    return SameBitsProgram.estimator("lstm")
        .setEpochs(8)
        .setCheckpointDir(checkpointDir)
        .setCheckpointSteps(1)
        .setMaxCheckpoints(3);
  }

  static String fit(SparkSession spark, RnnRegressor estimator) {
    return SameBitsProgram.digest(estimator.fit(SameBitsProgram.data(spark, 3)));
  }

  public static void main(String[] arguments) {
    long waitIn = Long.parseLong(arguments[1]);
    RnnRegressor estimator =
        estimator(arguments[0])
            .addListener(
                new TrainingListener() {
                  @Override
                  public void stepEnded(int epoch, long step, double loss) {
                    long done = (epoch - 1L) * FaultyFits.STEPS_PER_EPOCH + step;
                    if (done == waitIn) {
                      System.out.println("waiting in step " + done);
                      while (true) {
                        Thread.onSpinWait();
                      }
                    }
                  }

                  @Override
                  public void notice(String sentence) {
                    System.out.println("# " + sentence);
                  }
                });
    System.out.println("digest " + fit(LocalSpark.session(), estimator));
    LocalSpark.session().stop();
  }
}
