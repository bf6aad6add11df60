package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.training.DivergedException;

/** What users read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class ErrorMessageTest {

  private final SparkSession spark;

  ErrorMessageTest(SparkSession spark) {
    this.spark = spark;
  }

  private static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  private AbstractStringAssert<?> fitting(Dataset<Row> data) {
    return messageOf(() -> SequenceRows.small().fit(data));
  }

  private Dataset<Row> good() {
    return SequenceRows.means(spark, 32);
  }

  /** One param at a time. */
  @Nested
  final class OfParams {

    private final RnnRegressor regressor = new RnnRegressor();

    @Test
    void zeroUnits() {
      messageOf(() -> regressor.setUnits(0))
          .isEqualTo(
              "RnnRegressor: units is 0; it must be at least 1 for every layer, and there must be"
                  + " at least one layer.");
    }

    @Test
    void noLayers() {
      messageOf(() -> regressor.setUnits()).startsWith("RnnRegressor: units is []; it must be");
    }

    @Test
    void unknownWord() {
      messageOf(() -> regressor.setCell("rnn"))
          .isEqualTo(
              "RnnRegressor: cell is \"rnn\"; it must be one of \"simpleRnn\", \"lstm\", \"gru\".");
    }

    @Test
    void occasionsOfCheckpoints() {
      messageOf(() -> regressor.setCheckpointSteps(-1))
          .isEqualTo(
              "RnnRegressor: checkpointSteps is -1; it must be a whole number of at least 0.");
      messageOf(() -> regressor.setCheckpointMinutes(Double.NaN))
          .isEqualTo(
              "RnnRegressor: checkpointMinutes is NaN; it must be a finite number at least 0.");
      messageOf(() -> regressor.setMaxCheckpoints(0))
          .isEqualTo("RnnRegressor: maxCheckpoints is 0; it must be a whole number of at least 1.");
    }

    @Test
    void unknownPooling() {
      messageOf(() -> regressor.setPooling("average"))
          .isEqualTo(
              "RnnRegressor: pooling is \"average\"; it must be one of \"last\", \"mean\", \"max\","
                  + " \"attention\".");
    }

    @Test
    void dropoutThatLeavesNothing() {
      messageOf(() -> regressor.setDropout(1))
          .isEqualTo(
              "RnnRegressor: dropout is 1.0; it must be a finite number at least 0 and below 1.");
      messageOf(() -> regressor.setRecurrentDropout(-0.1))
          .isEqualTo(
              "RnnRegressor: recurrentDropout is -0.1; it must be a finite number at least 0 and"
                  + " below 1.");
    }

    @Test
    void noBatchInAStep() {
      messageOf(() -> regressor.setGradientAccumulationSteps(0))
          .isEqualTo(
              "RnnRegressor: gradientAccumulationSteps is 0; it must be a whole number of at least"
                  + " 1.");
    }

    @Test
    void zoneoutThatKeepsEverything() {
      messageOf(() -> regressor.setZoneout(1))
          .isEqualTo(
              "RnnRegressor: zoneout is 1.0; it must be a finite number at least 0 and below 1.");
      messageOf(() -> regressor.setRecurrentWeightDrop(-1))
          .isEqualTo(
              "RnnRegressor: recurrentWeightDrop is -1.0; it must be a finite number at least 0 and"
                  + " below 1.");
    }

    @Test
    void penaltyBelowZero() {
      messageOf(() -> regressor.setKernelL2(-1))
          .isEqualTo("RnnRegressor: kernelL2 is -1.0; it must be a finite number at least 0.");
      messageOf(() -> regressor.setRecurrentMaxNorm(Double.NaN))
          .isEqualTo(
              "RnnRegressor: recurrentMaxNorm is NaN; it must be a finite number at least 0.");
    }

    @Test
    void numberOutOfRange() {
      messageOf(() -> regressor.setLearningRate(0))
          .isEqualTo("RnnRegressor: learningRate is 0.0; it must be a finite number above 0.");
      messageOf(() -> regressor.setValidationFraction(1))
          .isEqualTo(
              "RnnRegressor: validationFraction is 1.0; it must be a finite number at least 0 and"
                  + " below 1.");
    }

    @Test
    void unknownOptimizerAndSchedule() {
      messageOf(() -> regressor.setOptimizer("adamw"))
          .isEqualTo(
              "RnnRegressor: optimizer is \"adamw\"; it must be one of \"adam\", \"adamW\","
                  + " \"sgd\", \"rmsprop\", \"adagrad\", \"nadam\", \"lbfgs\".");
      messageOf(() -> regressor.setLearningRateSchedule("linear"))
          .isEqualTo(
              "RnnRegressor: learningRateSchedule is \"linear\"; it must be one of \"constant\","
                  + " \"step\", \"exponential\", \"cosine\", \"oneCycle\", \"reduceOnPlateau\".");
    }

    @Test
    void settingsOfOptimizerAndSchedule() {
      messageOf(() -> regressor.setWeightDecay(-0.1))
          .isEqualTo("RnnRegressor: weightDecay is -0.1; it must be a finite number at least 0.");
      messageOf(() -> regressor.setEmaMomentum(1))
          .isEqualTo(
              "RnnRegressor: emaMomentum is 1.0; it must be a finite number at least 0 and below"
                  + " 1.");
      messageOf(() -> regressor.setWarmupEpochs(-1))
          .isEqualTo("RnnRegressor: warmupEpochs is -1; it must be a whole number of at least 0.");
      messageOf(() -> regressor.setPlateauPatience(0))
          .isEqualTo(
              "RnnRegressor: plateauPatience is 0; it must be a whole number of at least 1.");
      messageOf(() -> regressor.setPlateauMinDelta(Double.NaN))
          .isEqualTo(
              "RnnRegressor: plateauMinDelta is NaN; it must be a finite number at least 0.");
      messageOf(() -> regressor.setMinLearningRate(-1))
          .isEqualTo(
              "RnnRegressor: minLearningRate is -1.0; it must be a finite number at least 0.");
    }

    @Test
    void notANumber() {
      for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        messageOf(() -> regressor.setLearningRate(value))
            .isEqualTo(
                "RnnRegressor: learningRate is " + value + "; it must be a finite number above 0.");
      }
    }

    @Test
    void paramMapsAndGridsPassTheSameCheck() {
      messageOf(() -> new ParamMap().put(regressor.batchSize(), 0))
          .isEqualTo("RnnRegressor: batchSize is 0; it must be a whole number of at least 1.");
    }

    @Test
    void valueOfAnotherType() {
      messageOf(() -> regressor.set(regressor.maxIter(), 1.5))
          .isEqualTo("RnnRegressor: maxIter is 1.5; it must be a whole number of at least 0.");
    }

    @Test
    void emptyColumnName() {
      messageOf(() -> regressor.setFeaturesCol(""))
          .isEqualTo("RnnRegressor: featuresCol is \"\"; it must be the name of a column.");
    }

    @Test
    void keepHasNoMeaningInAFit() {
      messageOf(() -> regressor.setHandleInvalid("keep"))
          .isEqualTo(
              "RnnRegressor: handleInvalid is \"keep\"; it must be one of \"error\", \"skip\".");
    }
  }

  /** Params that do not go together. */
  @Nested
  final class OfParamsTogether {

    @Test
    void reluInLstm() {
      messageOf(() -> SequenceRows.small().setCell("lstm").setActivation("relu").fit(good()))
          .isEqualTo(
              "RnnRegressor: activation is \"relu\" and cell is \"lstm\"; relu needs the cell"
                  + " \"simpleRnn\". Set activation to \"tanh\", or cell to \"simpleRnn\".");
    }

    @Test
    void layerNormalizationOfGru() {
      messageOf(() -> SequenceRows.small().setCell("gru").setLayerNormalization(true).fit(good()))
          .isEqualTo(
              "RnnRegressor: layerNormalization is true and cell is \"gru\"; only the cell \"lstm\""
                  + " has it. Set cell to \"lstm\", or layerNormalization to false.");
    }

    @Test
    void residualWithoutEqualLayers() {
      messageOf(() -> SequenceRows.small().setUnits(8, 4).setResidual(true).fit(good()))
          .isEqualTo(
              "RnnRegressor: residual is true and units is [8, 4]; a layer adds the outputs of the"
                  + " one below where both are equally wide, and here none is. Set units to equal"
                  + " numbers, for example to [64, 64], or residual to false.");
    }

    @Test
    void weightsOfAttentionWithoutAttention() {
      String message =
          "attentionCol is \"weights\" and pooling is \"mean\"; only attention gives its time steps"
              + " weights. Clear attentionCol, or fit with pooling \"attention\".";
      RnnRegressor mean = SequenceRows.small().setPooling("mean").setEpochs(0);
      messageOf(() -> mean.copy(ParamMap.empty()).setAttentionCol("weights").fit(good()))
          .isEqualTo("RnnRegressor: " + message);
      messageOf(() -> mean.fit(good()).setAttentionCol("weights").transform(good()))
          .isEqualTo("RnnRegressionModel: " + message);
    }

    @Test
    void columnOfAttentionThatIsThere() {
      messageOf(
              () -> SequenceRows.small().setPooling("attention").setAttentionCol("id").fit(good()))
          .isEqualTo(
              "RnnRegressor: the data already has a column \"id\" (attentionCol); it would be"
                  + " overwritten. Drop or rename it, or set attentionCol to another name.");
    }

    @Test
    void zoneoutInSegments() {
      String message =
          "RnnRegressor: zoneout is 0.1, gradientCheckpointing is %s and bpttLength is %d; zoneout"
              + " holds a number for every time step, which the others are there to avoid. Set"
              + " zoneout to 0, or gradientCheckpointing to false and bpttLength to 0.";
      RnnRegressor zoning = SequenceRows.small().setZoneout(0.1);
      messageOf(() -> zoning.copy(ParamMap.empty()).setGradientCheckpointing(true).fit(good()))
          .isEqualTo(String.format(Locale.ROOT, message, true, 0));
      messageOf(() -> zoning.copy(ParamMap.empty()).setBpttLength(7).fit(good()))
          .isEqualTo(String.format(Locale.ROOT, message, false, 7));
    }

    @Test
    void truncatedGradientInLbfgs() {
      messageOf(() -> lbfgs().setBpttLength(4).fit(good()))
          .isEqualTo(
              "RnnRegressor: bpttLength is 4 and optimizer is \"lbfgs\", which needs the whole"
                  + " gradient. Set bpttLength to 0 (gradientCheckpointing may stay), or optimizer"
                  + " to \"adam\".");
      messageOf(() -> lbfgs().setBpttLength(-1))
          .isEqualTo("RnnRegressor: bpttLength is -1; it must be a whole number of at least 0.");
    }

    @Test
    void slicesInLbfgs() {
      messageOf(() -> lbfgs().setExchange("sharded").fit(good()))
          .isEqualTo(
              "RnnRegressor: exchange is \"sharded\" and optimizer is \"lbfgs\", whose line search"
                  + " needs all weights in one place. Set exchange to \"rpc\" or \"auto\", or"
                  + " optimizer to \"adam\".");
    }

    @Test
    void localStepsOfWhatHasNone() {
      messageOf(() -> SequenceRows.small().setLocalSteps(0))
          .isEqualTo("RnnRegressor: localSteps is 0; it must be a whole number of at least 1.");
      messageOf(() -> lbfgs().setLocalSteps(2).fit(good()))
          .isEqualTo(
              "RnnRegressor: localSteps is 2 and optimizer is \"lbfgs\", whose every step sees all"
                  + " data. Set localSteps to 1, or optimizer to \"adam\" or \"sgd\".");
    }

    @Test
    void localStepsOfSeveralBatches() {
      messageOf(
              () ->
                  SequenceRows.small().setLocalSteps(4).setGradientAccumulationSteps(2).fit(good()))
          .isEqualTo(
              "RnnRegressor: localSteps is 4 and gradientAccumulationSteps is 2; only one of them may"
                  + " be above 1, because a step of several batches would end between two averages."
                  + " Set one of them to 1.");
    }

    @Test
    void localStepsInFewerBits() {
      messageOf(
              () ->
                  SequenceRows.small()
                      .setLocalSteps(4)
                      .setExchange("sharded")
                      .setGradientCompression("bfloat16")
                      .fit(good()))
          .isEqualTo(
              "RnnRegressor: localSteps is 4 and gradientCompression is \"bfloat16\"; with local"
                  + " steps weights cross the network in the place of gradients, and in 16 bits"
                  + " small steps would be rounded away. Set gradientCompression to \"none\", or"
                  + " localSteps to 1.");
    }

    @Test
    void compressionOfWhatIsNotSent() {
      messageOf(() -> SequenceRows.small().setGradientCompression("bfloat16").fit(good()))
          .isEqualTo(
              "RnnRegressor: gradientCompression is \"bfloat16\" and exchange is \"auto\"; only"
                  + " \"sharded\" sends gradients in fewer bits. Set exchange to \"sharded\", or"
                  + " gradientCompression to \"none\".");
      messageOf(() -> SequenceRows.small().setGradientCompression("float16"))
          .isEqualTo(
              "RnnRegressor: gradientCompression is \"float16\"; it must be one of \"none\","
                  + " \"bfloat16\".");
    }

    @Test
    void zoneoutInLbfgs() {
      messageOf(() -> lbfgs().setRecurrentWeightDrop(0.2).fit(good()))
          .isEqualTo(
              "RnnRegressor: zoneout is 0.0, recurrentWeightDrop is 0.2 and optimizer is \"lbfgs\","
                  + " which compares the losses of several steps. Set both to 0, or optimizer to"
                  + " \"adam\".");
    }

    @Test
    void dropoutInLbfgs() {
      messageOf(() -> lbfgs().setRecurrentDropout(0.2).fit(good()))
          .isEqualTo(
              "RnnRegressor: dropout is 0.0, recurrentDropout is 0.2 and optimizer is \"lbfgs\","
                  + " which compares the losses of several steps. Set both to 0, or optimizer to"
                  + " \"adam\".");
    }

    @Test
    void kinksAndLimitsInLbfgs() {
      messageOf(() -> lbfgs().setRecurrentL1(0.1).fit(good()))
          .isEqualTo(
              "RnnRegressor: kernelL1 is 0.0, recurrentL1 is 0.1, biasL1 is 0.0 and optimizer is"
                  + " \"lbfgs\", which needs a loss without kinks. Set all three to 0 (kernelL2,"
                  + " recurrentL2 and biasL2 may stay), or optimizer to \"adam\".");
      messageOf(() -> lbfgs().setBiasMaxNorm(2).fit(good()))
          .isEqualTo(
              "RnnRegressor: kernelMaxNorm is 0.0, recurrentMaxNorm is 0.0, biasMaxNorm is 2.0 and"
                  + " optimizer is \"lbfgs\", which knows no limits. Set all three to 0, or"
                  + " optimizer to \"adam\".");
    }

    @Test
    void accumulationOfLbfgs() {
      messageOf(() -> lbfgs().setGradientAccumulationSteps(2).fit(good()))
          .isEqualTo(
              "RnnRegressor: gradientAccumulationSteps is 2 and optimizer is \"lbfgs\", whose every"
                  + " step sees all data. Set gradientAccumulationSteps to 1, or optimizer to"
                  + " \"adam\" or \"sgd\".");
    }

    @Test
    void checkpointsOfLbfgs() {
      messageOf(() -> lbfgs().setCheckpointDir("ck").fit(good()))
          .isEqualTo(
              "RnnRegressor: checkpointDir is \"ck\" and optimizer is \"lbfgs\", which writes no"
                  + " checkpoints. Set checkpointDir to \"\", or optimizer to \"adam\" or \"sgd\".");
    }

    @Test
    void scheduleOfLbfgs() {
      messageOf(() -> lbfgs().setLearningRateSchedule("cosine").fit(good()))
          .isEqualTo(
              "RnnRegressor: learningRateSchedule is \"cosine\" and optimizer is \"lbfgs\", which"
                  + " finds its step sizes itself. Set learningRateSchedule to \"constant\", or"
                  + " optimizer to \"adam\" or \"sgd\".");
    }

    @Test
    void clippingOfLbfgs() {
      messageOf(() -> lbfgs().setClipValue(1).fit(good()))
          .isEqualTo(
              "RnnRegressor: the gradient is to be clipped and optimizer is \"lbfgs\", which needs it"
                  + " whole. Set clipNorm, globalClipNorm and clipValue to 0, or optimizer to"
                  + " \"adam\" or \"sgd\".");
    }

    @Test
    void warmUpOfLbfgs() {
      messageOf(() -> lbfgs().setWarmupEpochs(1).fit(good()))
          .isEqualTo(
              "RnnRegressor: warmupEpochs is 1 and optimizer is \"lbfgs\", which finds its step"
                  + " sizes itself. Set warmupEpochs to 0, or optimizer to \"adam\" or \"sgd\".");
    }

    @Test
    void movingAverageOfLbfgs() {
      messageOf(() -> lbfgs().setEmaMomentum(0.9).fit(good()))
          .isEqualTo(
              "RnnRegressor: emaMomentum is 0.9 and optimizer is \"lbfgs\", which keeps no average"
                  + " of the weights. Set emaMomentum to 0, or optimizer to \"adam\" or \"sgd\".");
    }

    @Test
    void nesterovWithoutMomentum() {
      messageOf(() -> SequenceRows.small().setOptimizer("sgd").setNesterov(true).fit(good()))
          .isEqualTo(
              "RnnRegressor: nesterov is true, optimizer is \"sgd\" and momentum is 0.0; looking"
                  + " ahead needs the optimizer \"sgd\" with momentum. Set optimizer to \"sgd\" and"
                  + " momentum above 0, for example to 0.9, or nesterov to false.");
    }

    @Test
    void nesterovOfAdam() {
      messageOf(() -> SequenceRows.small().setMomentum(0.5).setNesterov(true).fit(good()))
          .startsWith(
              "RnnRegressor: nesterov is true, optimizer is \"adam\" and momentum is 0.5; looking");
    }

    @Test
    void movingAverageOrBestWeights() {
      messageOf(
              () -> SequenceRows.small().setEmaMomentum(0.9).setValidationFraction(0.2).fit(good()))
          .isEqualTo(
              "RnnRegressor: emaMomentum is 0.9, rows are held out and restoreBestWeights is true;"
                  + " the model can get the average of the weights or those of the best epoch, not"
                  + " both. Set restoreBestWeights to false, or emaMomentum to 0.");
    }

    @Test
    void warmUpOfOneCycle() {
      messageOf(() -> scheduled("oneCycle").setWarmupEpochs(2).fit(good()))
          .isEqualTo(
              "RnnRegressor: warmupEpochs is 2 and learningRateSchedule is \"oneCycle\", which rises"
                  + " by itself; only one of them may. Set warmupEpochs to 0, or"
                  + " learningRateSchedule to \"cosine\".");
    }

    @Test
    void warmUpWithoutEnd() {
      messageOf(() -> scheduled("cosine").setEpochs(3).setWarmupEpochs(3).fit(good()))
          .isEqualTo(
              "RnnRegressor: warmupEpochs is 3 and maxIter is 3; the warm-up must end before the"
                  + " training does. Set warmupEpochs below maxIter.");
    }

    @Test
    void plateauThatLowersNothing() {
      messageOf(() -> scheduled("reduceOnPlateau").setDecayRate(1).fit(good()))
          .isEqualTo(
              "RnnRegressor: decayRate is 1.0 and learningRateSchedule is \"reduceOnPlateau\", which"
                  + " multiplies by it; it must be below 1. Set decayRate, for example to 0.5.");
      messageOf(
              () ->
                  scheduled("reduceOnPlateau")
                      .setLearningRate(0.01)
                      .setMinLearningRate(0.02)
                      .fit(good()))
          .isEqualTo(
              "RnnRegressor: minLearningRate is 0.02 and learningRate is 0.01; \"reduceOnPlateau\""
                  + " can't lower the one to the other. Set minLearningRate below learningRate.");
    }

    private RnnRegressor scheduled(String schedule) {
      return SequenceRows.small().setLearningRateSchedule(schedule);
    }

    private RnnRegressor lbfgs() {
      return SequenceRows.small().setOptimizer("lbfgs");
    }

    @Test
    void twoClippings() {
      messageOf(() -> SequenceRows.small().setClipNorm(1).setClipValue(0.5).fit(good()))
          .isEqualTo(
              "RnnRegressor: clipNorm is 1.0 and clipValue is 0.5; at most one of them may be above"
                  + " 0. Set all but one of clipNorm, clipValue to 0.");
    }

    @Test
    void twoWaysToHoldOut() {
      messageOf(
              () ->
                  SequenceRows.small()
                      .setValidationIndicatorCol("held")
                      .setValidationFraction(0.2)
                      .fit(good()))
          .isEqualTo(
              "RnnRegressor: validationIndicatorCol is \"held\" and validationFraction is 0.2; only"
                  + " one of them may hold out rows. Set validationFraction to 0, or clear"
                  + " validationIndicatorCol.");
    }

    @Test
    void splitWithoutItsColumn() {
      messageOf(
              () ->
                  SequenceRows.small()
                      .setValidationFraction(0.2)
                      .setValidationSplit("time")
                      .fit(good()))
          .isEqualTo(
              "RnnRegressor: validationSplit is \"time\" and validationSplitCol is not set; this"
                  + " split needs a column to go by. Set validationSplitCol, or validationSplit to"
                  + " \"random\".");
    }

    @Test
    void patienceWithoutValidation() {
      messageOf(() -> SequenceRows.small().setPatience(3).fit(good()))
          .isEqualTo(
              "RnnRegressor: patience is 3 and no rows are held out; stopping early needs a"
                  + " validation loss. Set validationFraction or validationIndicatorCol, or patience"
                  + " to 0.");
    }
  }

  /** Columns, before any job runs. */
  @Nested
  final class OfColumns {

    @Test
    void unknownColumn() {
      messageOf(() -> SequenceRows.small().setFeaturesCol("series").fit(good()))
          .isEqualTo(
              "RnnRegressor: there is no column \"series\" (featuresCol) in the data; it has \"id\","
                  + " \"features\", \"label\". Set featuresCol to one of them.");
    }

    @Test
    void wrongType() {
      fitting(good().selectExpr("id", "map('a', 1.0D) AS features", "label"))
          .isEqualTo(
              "RnnRegressor: column \"features\" (featuresCol) is map<string,double>; it must be"
                  + " array<double>, array<float>, array<array<...>> or array<vector>. Turn it into"
                  + " an array first, for example with SequenceAssembler.");
    }

    @Test
    void missingLabelColumn() {
      fitting(good().drop("label"))
          .isEqualTo(
              "RnnRegressor: there is no column \"label\" (labelCol) in the data; it has \"id\","
                  + " \"features\". Set labelCol to one of them.");
    }

    @Test
    void textLabel() {
      fitting(good().withColumn("label", org.apache.spark.sql.functions.lit("up")))
          .startsWith(
              "RnnRegressor: column \"label\" (labelCol) is string; it must be a number,"
                  + " array<double> or vector.")
          .contains("use RnnClassifier where it holds names");
    }

    @Test
    void textWeight() {
      messageOf(
              () ->
                  SequenceRows.small()
                      .setWeightCol("w")
                      .fit(good().withColumn("w", org.apache.spark.sql.functions.lit("1"))))
          .isEqualTo(
              "RnnRegressor: column \"w\" (weightCol) is string; it must be a number. Cast it to"
                  + " double, or clear weightCol.");
    }

    @Test
    void indicatorThatIsNotBoolean() {
      messageOf(() -> SequenceRows.small().setValidationIndicatorCol("id").fit(good()))
          .isEqualTo(
              "RnnRegressor: column \"id\" (validationIndicatorCol) is bigint; it must be boolean."
                  + " Cast it to boolean, or clear validationIndicatorCol.");
    }

    @Test
    void predictionColumnTaken() {
      messageOf(() -> SequenceRows.small().setPredictionCol("id").fit(good()))
          .isEqualTo(
              "RnnRegressor: the data already has a column \"id\" (predictionCol); it would be"
                  + " overwritten. Drop or rename it, or set predictionCol to another name.");
    }
  }

  /** Rows, found by the first job of a fit. */
  @Nested
  final class OfRows {

    @Test
    void noRows() {
      fitting(good().limit(0)).startsWith("RnnRegressor: no row is left to train on (0 of 0");
    }

    @Test
    void nullSequence() {
      fitting(SequenceRows.withRow17(spark, null, 0.0))
          .isEqualTo(
              "RnnRegressor: column \"features\": the row with id 17 holds null; every row needs a"
                  + " sequence of at least one time step. Mend the row, or set handleInvalid to"
                  + " \"skip\".");
    }

    @Test
    void emptySequence() {
      fitting(SequenceRows.withRow17(spark, new double[0], 0.0))
          .isEqualTo(
              "RnnRegressor: column \"features\": the row with id 17 holds an empty sequence; every"
                  + " row needs at least one time step. Mend the row, or set handleInvalid to"
                  + " \"skip\".");
    }

    @Test
    void notFinite() {
      fitting(SequenceRows.withRow17(spark, new double[] {1, Double.NaN}, 0.0))
          .isEqualTo(
              "RnnRegressor: column \"features\": the row with id 17 holds NaN at time step 1,"
                  + " feature 0; values must be finite. Mend the row, or set handleInvalid to"
                  + " \"skip\".");
      fitting(SequenceRows.withRow17(spark, new double[] {Double.NEGATIVE_INFINITY}, 0.0))
          .contains("the row with id 17 holds -Infinity at time step 0, feature 0");
    }

    @Test
    void ragged() {
      Object ragged = new double[][] {{1, 2}, {1, 2, 3}};
      Dataset<Row> data =
          spark.createDataFrame(
              List.of(RowFactory.create(17L, ragged, 0.0)),
              SequenceRows.schema(
                  DataTypes.createArrayType(SequenceRows.SEQUENCE), DataTypes.DoubleType));
      fitting(data)
          .isEqualTo(
              "RnnRegressor: column \"features\": the row with id 17 has 3 features at time step 1"
                  + " and 2 before; all time steps of all rows need the same number. Mend the row,"
                  + " or set handleInvalid to \"skip\".");
    }

    @Test
    void nullLabel() {
      fitting(SequenceRows.withRow17(spark, new double[] {1}, null))
          .isEqualTo(
              "RnnRegressor: column \"label\": the row with id 17 is null; every row needs a label."
                  + " Mend the row, or set handleInvalid to \"skip\".");
    }

    @Test
    void negativeWeight() {
      Dataset<Row> data = good().selectExpr("*", "if(id = 17, -0.5D, 1.0D) AS w");
      messageOf(() -> SequenceRows.small().setWeightCol("w").fit(data))
          .isEqualTo(
              "RnnRegressor: column \"w\": the row with id 17 has weight -0.5; weights must be finite"
                  + " in float32 and not negative. Mend the row, or set handleInvalid to \"skip\".");
    }

    @Test
    void infinity() {
      Dataset<Row> data =
          SequenceRows.withRow17(spark, new double[] {1, Double.NEGATIVE_INFINITY}, 0.0);
      messageOf(() -> SequenceRows.small().fit(data))
          .isEqualTo(
              "RnnRegressor: column \"features\": the row with id 17 holds -Infinity at time step 1,"
                  + " feature 0; values must be finite. Mend the row, or set handleInvalid to"
                  + " \"skip\".");
    }

    @Test
    void numberTooLargeForFloat32() {
      Dataset<Row> data = SequenceRows.withRow17(spark, new double[] {1}, 1e39);
      messageOf(() -> SequenceRows.small().fit(data))
          .isEqualTo(
              "RnnRegressor: column \"label\": the row with id 17 is 1.0E39; labels must be finite in"
                  + " float32. Mend the row, or set handleInvalid to \"skip\".");
    }

    @Test
    void stream() {
      Dataset<Row> stream =
          spark
              .readStream()
              .format("rate")
              .load()
              .selectExpr("array(1D) AS features", "1D AS label");
      messageOf(() -> SequenceRows.small().fit(stream))
          .isEqualTo(
              "RnnRegressor: the data is a stream; a fit needs data that ends. Fit on a table or on"
                  + " files, then transform the stream.");
    }

    @Test
    void everyRowSkipped() {
      Dataset<Row> data = good().selectExpr("id", "features", "CAST(NULL AS DOUBLE) AS label");
      messageOf(() -> SequenceRows.small().setHandleInvalid("skip").fit(data))
          .startsWith(
              "RnnRegressor: no row is left to train on (0 of 32; 32 skipped as not usable");
    }

    @Test
    void batchLargerThanTheData() {
      messageOf(() -> SequenceRows.small().setBatchSize(33).fit(good()))
          .isEqualTo(
              "RnnRegressor: batchSize is 33 and there are 32 training sequences; a batch can't be"
                  + " larger than the data. Lower batchSize to at most 32.");
    }

    @Test
    void lossThatDiverges() {
      Throwable thrown =
          catchThrowable(
              () ->
                  SequenceRows.small()
                      .setActivation("relu")
                      .setOptimizer("sgd")
                      .setLearningRate(1e6)
                      .setEpochs(50)
                      .fit(good()));
      assertThat(thrown)
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("training step ")
          .hasMessageContaining("Lower learningRate (1000000.0)")
          .hasMessageContaining("lobalClipNorm");
    }
  }

  /** Prediction. */
  @Nested
  final class OfTransform {

    private final RnnRegressionModel model = SequenceRows.small().setEpochs(0).fit(good());

    @Test
    void missingColumn() {
      messageOf(() -> model.transform(good().drop("features")))
          .isEqualTo(
              "RnnRegressionModel: there is no column \"features\" (featuresCol) in the data; it has"
                  + " \"id\", \"label\". Set featuresCol to one of them.");
    }

    @Test
    void rowThatCanNotBeUsed() {
      Dataset<Row> data = SequenceRows.withRow17(spark, new double[] {Double.NaN}, 0.0);
      assertThat(catchThrowable(() -> model.transform(data).collectAsList()))
          .hasStackTraceContaining(
              "RnnRegressionModel: column \"features\": the row with id 17 holds NaN at time step 0,"
                  + " feature 0; values must be finite. Mend the row, or set handleInvalid to"
                  + " \"skip\" or \"keep\".");
    }

    @Test
    void otherNumberOfFeatures() {
      messageOf(() -> model.predict(new float[][] {{1}, {1, 2}}))
          .isEqualTo(
              "RnnRegressionModel: time step 1 of the sequence has 2 features; the model needs 1.");
    }

    @Test
    void modelWithoutNetwork() {
      assertThat(catchThrowable(() -> new RnnRegressionModel().transform(good())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "RnnRegressionModel: this model has no network; it comes from a constructor. Take a"
                  + " model from the fit of an estimator or from RnnRegressionModel.load.");
    }
  }

  /** Saved models. */
  @Nested
  final class OfFiles {

    @TempDir private Path directory;

    private Path saved() throws IOException {
      Path path = directory.resolve("model");
      SequenceRows.small().setEpochs(0).fit(good()).save(path.toString());
      // Hadoop's checksum would notice every edit before we can.
      for (String name : List.of(".weights.safetensors.crc", ".model.json.crc")) {
        Files.deleteIfExists(path.resolve(name));
      }
      return path;
    }

    private AbstractStringAssert<?> loading(Path path) {
      return messageOf(() -> RnnRegressionModel.load(path.toString()));
    }

    @Test
    void unwritablePath() throws IOException {
      Path file = Files.createFile(directory.resolve("file"));
      String path = file.resolve("model").toString();
      RnnRegressionModel model = SequenceRows.small().setEpochs(0).fit(good());
      messageOf(() -> model.save(path))
          .startsWith("RnnRegressionModel: the directory \"" + path + "\" can't be written (")
          .endsWith("). Save to a path that you may write to.");
    }

    @Test
    void noSuchDirectory() {
      Path path = directory.resolve("nowhere");
      loading(path)
          .isEqualTo(
              "RnnRegressionModel at "
                  + path
                  + ": there is no such directory. Load the path that the model was saved to.");
    }

    @Test
    void missingWeights() throws IOException {
      Path path = saved();
      Files.delete(path.resolve("weights.safetensors"));
      loading(path)
          .isEqualTo(
              "RnnRegressionModel at "
                  + path
                  + ": there is no file weights.safetensors; the directory is not whole or holds"
                  + " something else. Save the model again, or load another path.");
    }

    @Test
    void truncatedWeights() throws IOException {
      Path path = saved();
      Path weights = path.resolve("weights.safetensors");
      byte[] whole = Files.readAllBytes(weights);
      for (int length : new int[] {0, 7, 100, whole.length - 1}) {
        Files.write(weights, Arrays.copyOf(whole, length));
        loading(path).startsWith("RnnRegressionModel at " + path + ": weights.safetensors: ");
      }
    }

    @Test
    void corruptWeights() throws IOException {
      Path path = saved();
      Path weights = path.resolve("weights.safetensors");
      byte[] whole = Files.readAllBytes(weights);
      Arrays.fill(whole, whole.length - 4, whole.length, (byte) 0xff);
      Files.write(weights, whole);
      loading(path).contains("weights.safetensors: ").contains("NaN");
    }

    @Test
    void flippedBitInAWeight() throws IOException {
      Path path = saved();
      Path weights = path.resolve("weights.safetensors");
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length - 1] ^= 1;
      Files.write(weights, bytes);
      loading(path)
          .isEqualTo(
              "RnnRegressionModel at "
                  + path
                  + ": weights.safetensors is not the file that was saved (its SHA-256 is another);"
                  + " it was damaged or edited. Save the model again, or copy the directory anew.");
    }

    @Test
    void metadataThatSparkCanNotRead() throws IOException {
      Path path = saved();
      try (var files = Files.list(path.resolve("metadata"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      loading(path)
          .startsWith(
              "RnnRegressionModel at " + path + ": Spark can't read the params in metadata (")
          .endsWith(
              "); the directory is not whole or was edited. Save the model again, or copy the"
                  + " directory anew.");
    }

    @Test
    void corruptDescription() throws IOException {
      Path path = saved();
      Path description = path.resolve("model.json");
      String json = Files.readString(description);
      Files.writeString(description, json.substring(0, json.length() / 2));
      loading(path)
          .isEqualTo(
              "RnnRegressionModel at "
                  + path
                  + ": model.json is not the JSON of a model; it is cut short or edited. Save the"
                  + " model again.");
    }

    @Test
    void otherVersion() throws IOException {
      Path path = saved();
      SavedDescription.edit(path, "\"formatVersion\" : 1", "\"formatVersion\" : 2");
      loading(path)
          .startsWith("RnnRegressionModel at " + path + ": the model has format version 2")
          .endsWith(
              "this spark-rnn reads version 1. Load it with the spark-rnn that wrote it, or train it"
                  + " again.");
    }

    @Test
    void weightsOfAnotherNetwork() throws IOException {
      Path path = saved();
      Path other = directory.resolve("other");
      SequenceRows.small().setUnits(4).setEpochs(0).fit(good()).save(other.toString());
      Files.copy(
          other.resolve("weights.safetensors"),
          path.resolve("weights.safetensors"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      loading(path)
          .isEqualTo(
              "RnnRegressionModel at "
                  + path
                  + ": weights.safetensors: \"simple_rnn_0/kernel\" has shape (1, 4) in the file and"
                  + " (1, 8) by its params; the file is not whole or was edited.");
    }

    @Test
    void directoryOfAnotherStage() throws IOException {
      Path path = directory.resolve("estimator");
      SequenceRows.small().save(path.toString());
      loading(path).contains("there is no file model.json");
    }
  }
}
