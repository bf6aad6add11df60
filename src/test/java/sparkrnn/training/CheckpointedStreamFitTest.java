package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnLanguageModel;

/** A checkpoint in an epoch holds what the lanes of a language model have carried so far. */
@ExtendWith(LocalSpark.class)
final class CheckpointedStreamFitTest {

  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog; the lazy dog sleeps on. ".repeat(9);

  private final SparkSession spark;

  CheckpointedStreamFitTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> data() {
    return spark.createDataFrame(
        List.of(RowFactory.create(TEXT)), new StructType().add("text", DataTypes.StringType));
  }

  private static RnnLanguageModel estimator() {
    return new RnnLanguageModel()
        .setFeaturesCol("text")
        .setCell("lstm")
        .setUnits(7)
        .setEmbeddingSizes(7)
        .setTieWeights(true)
        .setOutputDropout(0.3)
        .setRecurrentDropout(0.2)
        .setBpttLength(20)
        .setBatchSize(5)
        .setShardSize(2)
        .setLearningRate(0.02)
        .setEpochs(3);
  }

  private Map<String, float[]> weights(RnnLanguageModel estimator) {
    return estimator.fit(data()).weights();
  }

  @Test
  void goesOnInTheMiddleOfAnEpochAsIfNothingHadHappened(@TempDir Path directory) {
    Map<String, float[]> uninterrupted = weights(estimator());
    Interruption interruption = new Interruption();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void stepEnded(int epoch, long step, double loss) {
            if (epoch == 2 && step == 3) {
              new Thread(() -> interruption.request(Duration.ofSeconds(20))).start();
              while (!interruption.requested()) {
                Thread.onSpinWait();
              }
            }
          }
        };
    RnnLanguageModel stopped = estimator().setCheckpointDir(directory.toString());
    assertThatThrownBy(() -> weights(stopped.setInterruption(interruption).addListener(stopper)))
        .isInstanceOf(InterruptedFitException.class)
        .hasMessageContaining("(epoch 2)");
    List<String> notices = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void notice(String sentence) {
            notices.add(sentence);
          }
        };
    RnnLanguageModel second = estimator().setCheckpointDir(directory.toString());
    Map<String, float[]> resumed = weights(second.addListener(listener));
    assertThat(notices)
        .anyMatch(notice -> notice.startsWith("The fit goes on from the checkpoint at "));
    uninterrupted.forEach((name, values) -> assertThat(resumed.get(name)).containsExactly(values));
  }
}
