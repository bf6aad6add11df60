package sparkrnn.training;

import java.util.List;
import sparkrnn.data.BatchPlan;
import sparkrnn.data.WeightSums;
import sparkrnn.network.Network;

/**
 * What the parts of one fit share.
 *
 * @param weights sums of the row weights
 */
record FitEnvironment(
    Network network,
    TrainingSettings settings,
    BatchPlan plan,
    long validationSequences,
    WeightSums weights,
    Workforce workforce,
    Regularization regularization,
    FrozenTensors frozen,
    DivergenceCheck divergence,
    List<TrainingListener> listeners,
    Interruption interruption) {

  /** The live parameters. */
  float[] parameters() {
    return workforce.round().parameters;
  }

  boolean hasValidation() {
    return validationSequences > 0;
  }

  /** The weighted mean loss of the present parameters over all training sequences, with penalty. */
  double trainingLoss() {
    workforce.ask(RoundKind.TRAINING_LOSS);
    return workforce.lossSum() / weights.training() + regularization.penalty(parameters());
  }

  /** The weighted mean loss of the present parameters over all held-out ones, with penalty. */
  double validationLoss() {
    workforce.ask(RoundKind.VALIDATION_LOSS);
    return workforce.lossSum() / weights.validation() + regularization.penalty(parameters());
  }

  /**
   * One over the batch's share of the weights: with it the gradients of all batches of an epoch are
   * on the scale of the weighted mean loss, whatever the scale of the weights; with weights of one
   * it is one over the sequences of the batch, as in Keras.
   */
  double batchScale(int batch) {
    double meanWeight = weights.training() / plan.examples();
    return 1 / (plan.examples(batch) * meanWeight);
  }
}
