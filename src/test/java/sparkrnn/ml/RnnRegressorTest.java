package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.LocalSpark;
import sparkrnn.training.TrainingHistory;
import sparkrnn.training.TrainingListener;

/** What a fit gives. */
@ExtendWith(LocalSpark.class)
final class RnnRegressorTest {

  private final SparkSession spark;

  RnnRegressorTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource({
    "simpleRnn, adam, 0.01",
    "lstm, adam, 0.01",
    "gru, adam, 0.01",
    "simpleRnn, adamW, 0.01",
    "simpleRnn, sgd, 0.05",
    "simpleRnn, rmsprop, 0.01",
    "simpleRnn, adagrad, 0.1",
    "simpleRnn, nadam, 0.01",
    "simpleRnn, lbfgs, 0.01"
  })
  void everyCellAndOptimizerLearnsTheMeanOfASequence(
      String cell, String optimizer, double learningRate) {
    Dataset<Row> data = SequenceRows.means(spark, 200).cache();
    RnnRegressionModel model =
        SequenceRows.small()
            .setCell(cell)
            .setOptimizer(optimizer)
            .setEpochs(30)
            .setLearningRate(learningRate)
            .fit(data);
    // Guessing the overall mean has r2 0.
    assertThat(model.evaluate(data).r2()).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({"lstm,last,0.1,0.1", "gru,mean,0,0.2", "simpleRnn,max,0.1,0"})
  void bothDirectionsPoolingsAndDropoutLearnToo(
      String cell, String pooling, double dropout, double recurrentDropout) {
    Dataset<Row> data = SequenceRows.means(spark, 200).cache();
    RnnRegressionModel model =
        SequenceRows.small()
            .setCell(cell)
            .setBidirectional(true)
            .setPooling(pooling)
            .setDropout(dropout)
            .setRecurrentDropout(recurrentDropout)
            .setEpochs(40)
            .setLearningRate(0.01)
            .fit(data);
    assertThat(model.evaluate(data).r2()).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm,true,0.1,0",
    "lstm,false,0.1,0.2",
    "gru,false,0.1,0.1",
    "simpleRnn,false,0,0.2"
  })
  void normalizedZonedOutAndDroppedCellsLearnToo(
      String cell, boolean layerNormalization, double zoneout, double recurrentWeightDrop) {
    Dataset<Row> data = SequenceRows.means(spark, 200).cache();
    RnnRegressionModel model =
        SequenceRows.small()
            .setCell(cell)
            .setLayerNormalization(layerNormalization)
            .setZoneout(zoneout)
            .setRecurrentWeightDrop(recurrentWeightDrop)
            .setPooling("attention")
            .setEpochs(40)
            .setLearningRate(0.01)
            .fit(data);
    assertThat(model.evaluate(data).r2()).isGreaterThan(0.6);
  }

  /** What is computed again is what was: only sums are added in another order. */
  @Test
  void checkpointedGradientsTrainTheSameModel() {
    RnnRegressor regressor = SequenceRows.small().setCell("lstm").setPooling("mean").setEpochs(3);
    double[] losses = regressor.fit(data()).summary().objectiveHistory();
    double[] checkpointed =
        regressor.setGradientCheckpointing(true).fit(data()).summary().objectiveHistory();
    double[] truncated = regressor.setBpttLength(2).fit(data()).summary().objectiveHistory();
    for (int epoch = 0; epoch < losses.length; epoch++) {
      assertThat(checkpointed[epoch])
          .isCloseTo(losses[epoch], org.assertj.core.data.Percentage.withPercentage(0.001));
    }
    assertThat(truncated[0]).isEqualTo(checkpointed[0]);
    assertThat(truncated[3])
        .isNotCloseTo(losses[3], org.assertj.core.data.Percentage.withPercentage(0.001));
  }

  /** With steps of next to nothing, dropout is all that a loss can differ by. */
  @Test
  void nothingIsDroppedButInTraining() {
    RnnRegressor still = SequenceRows.small().setCell("gru").setEpochs(1).setLearningRate(1e-12);
    RnnRegressor dropping = still.copy(ParamMap.empty()).setDropout(0.5).setRecurrentDropout(0.5);
    double[] losses = still.setValidationFraction(0.3).fit(data()).summary().objectiveHistory();
    RnnTrainingSummary summary = dropping.setValidationFraction(0.3).fit(data()).summary();
    assertThat(summary.objectiveHistory()[0]).isEqualTo(losses[0]);
    assertThat(summary.objectiveHistory()[1])
        .isNotCloseTo(losses[1], org.assertj.core.data.Percentage.withPercentage(1));
    assertThat(summary.validationHistory()[0])
        .isCloseTo(
            still.fit(data()).summary().validationHistory()[0],
            org.assertj.core.data.Percentage.withPercentage(0.001));
    RnnRegressionModel one = still.fit(data());
    RnnRegressionModel other = dropping.fit(data());
    assertThat(other.evaluate(data()).loss())
        .isCloseTo(
            one.evaluate(data()).loss(), org.assertj.core.data.Percentage.withPercentage(0.001));
  }

  @Test
  void evaluationAgreesWithTheSummaryOfTheFit() {
    Dataset<Row> data = SequenceRows.means(spark, 64);
    RnnRegressionModel untrained = SequenceRows.small().setEpochs(0).fit(data);
    double initialLoss = untrained.summary().objectiveHistory()[0];
    assertThat(untrained.evaluate(data).loss())
        .isCloseTo(initialLoss, org.assertj.core.data.Offset.offset(1e-5 * initialLoss));
  }

  @Test
  void summaryHasOneElementPerEpochAndTheInitialLossBeforeThem() {
    RnnRegressionModel model =
        SequenceRows.small().setEpochs(3).setValidationFraction(0.3).fit(data());
    RnnTrainingSummary summary = model.summary();
    assertThat(summary.objectiveHistory()).hasSize(4);
    assertThat(summary.validationHistory()).hasSize(3);
    assertThat(summary.epochSeconds()).hasSize(3);
    assertThat(summary.sequencesPerSecond()).hasSize(3);
    assertThat(summary.gradientNorms()).hasSize(3);
    assertThat(summary.totalIterations()).isEqualTo(3);
    assertThat(summary.trainingSequences() + summary.validationSequences()).isEqualTo(64);
    assertThat(summary.bestEpoch()).isBetween(1, 3);
  }

  @Test
  void arrayLabelsGiveArrayPredictions() {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.pairs(spark, 64));
    Dataset<Row> predicted = model.transform(SequenceRows.pairs(spark, 5));
    assertThat(model.numOutputs()).isEqualTo(2);
    assertThat(predicted.schema().apply("prediction").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.DoubleType, false));
    assertThat(predicted.select("prediction").first().getList(0)).hasSize(2);
  }

  @Test
  void estimatorAndModelAgreeOnTheSchema() {
    Dataset<Row> data = SequenceRows.pairs(spark, 64);
    RnnRegressor regressor = SequenceRows.small();
    RnnRegressionModel model = regressor.fit(data);
    assertThat(model.transform(data).schema())
        .isEqualTo(model.transformSchema(data.schema()))
        .isEqualTo(regressor.transformSchema(data.schema()));
  }

  @Test
  void modelHasTheParamsAndTheParentOfItsEstimator() {
    RnnRegressor regressor = SequenceRows.small().setPredictionCol("forecast").setCell("gru");
    RnnRegressionModel model = regressor.fit(data());
    assertThat(model.getPredictionCol()).isEqualTo("forecast");
    assertThat(model.getCell()).isEqualTo("gru");
    assertThat(model.uid()).isEqualTo(regressor.uid());
    assertThat(model.parent()).isSameAs(regressor);
  }

  @Test
  void paramMapOverridesParamsForOneFit() {
    RnnRegressor regressor = SequenceRows.small();
    RnnRegressionModel model =
        regressor.fit(data(), new ParamMap().put(regressor.units(), new int[] {4, 3}));
    assertThat(model.getUnits()).containsExactly(4, 3);
    assertThat(regressor.getUnits()).containsExactly(8);
    assertThat(model.describe()).contains("4").contains("3");
  }

  @Test
  void listenersHearTheFitsOfCopiesToo() {
    List<String> heard = new ArrayList<>();
    RnnRegressor regressor =
        SequenceRows.small()
            .addListener(
                new TrainingListener() {
                  @Override
                  public void epochEnded(
                      int epoch, double loss, double validationLoss, double perSecond) {
                    heard.add("epoch " + epoch);
                  }

                  @Override
                  public void ended(TrainingHistory history) {
                    heard.add("end");
                  }
                });
    regressor.copy(ParamMap.empty()).fit(data());
    assertThat(heard).containsExactly("epoch 1", "epoch 2", "end");
  }

  @Test
  void weightsAreNamedAsInKeras() {
    RnnRegressionModel model = SequenceRows.small().setCell("lstm").fit(data());
    assertThat(model.weights())
        .containsOnlyKeys(
            "lstm_0/kernel",
            "lstm_0/recurrent_kernel",
            "lstm_0/bias",
            "dense/kernel",
            "dense/bias");
    assertThat(model.weights().get("lstm_0/recurrent_kernel")).hasSize(8 * 4 * 8);
    assertThat(model.numParameters()).isEqualTo(4 * 8 * (1 + 8 + 1) + 8 + 1);
  }

  @Test
  void sameSeedSameBitsAndAnotherSeedOtherOnes() {
    float[] first = SequenceRows.small().fit(data()).weights().get("dense/kernel");
    float[] again = SequenceRows.small().fit(data()).weights().get("dense/kernel");
    float[] other = SequenceRows.small().setSeed(6).fit(data()).weights().get("dense/kernel");
    assertThat(again).containsExactly(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void rowsOfWeightZeroDoNotCount() {
    Dataset<Row> data =
        data()
            .selectExpr("*", "if(id % 2 = 0, 1.0, 0.0) AS importance")
            .selectExpr("id", "features", "importance", "if(id % 2 = 0, label, 1e6) AS label");
    RnnRegressionModel model = SequenceRows.small().setWeightCol("importance").fit(data);
    assertThat(model.evaluate(data).meanSquaredError()).isLessThan(10);
  }

  private Dataset<Row> data() {
    return SequenceRows.means(spark, 64);
  }
}
