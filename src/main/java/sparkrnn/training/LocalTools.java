package sparkrnn.training;

import sparkrnn.data.BatchPlan;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.Optimizer;
import sparkrnn.parameter.ParameterLayout;

/**
 * What the replicas of one worker share, as they take turns.
 *
 * @param shards computes gradients
 * @param plan which sequences are in which batch
 * @param spec how a step is made
 * @param gradient (P), overwritten in every step
 * @param clipping of the whole gradient
 * @param regularization what keeps the parameters small
 * @param frozen what is not trained
 */
record LocalTools(
    ShardWorker shards,
    BatchPlan plan,
    SliceSpec spec,
    float[] gradient,
    GradientClipping clipping,
    Regularization regularization,
    FrozenTensors frozen) {

  static LocalTools of(ShardWorker shards, BatchPlan plan, SliceSpec spec, ParameterLayout layout) {
    FrozenTensors frozen = new FrozenTensors(layout, spec.frozen());
    return new LocalTools(
        shards,
        plan,
        spec,
        new float[layout.size()],
        spec.clippingOfTensors(),
        new Regularization(layout, spec.regularization(), frozen),
        frozen);
  }

  /** An optimizer of all parameters, before its first step. */
  Optimizer optimizer() {
    return spec.optimizer().create(gradient.length);
  }
}
