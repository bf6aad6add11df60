package sparkrnn.loss;

import java.util.List;

/**
 * What some losses have to be told.
 *
 * @param huberDelta read only by {@link LossType#HUBER}
 * @param quantiles read only by {@link LossType#PINBALL}
 */
public record LossOptions(double huberDelta, List<Double> quantiles) {

  /** Copies the list. */
  public LossOptions {
    quantiles = List.copyOf(quantiles);
  }
}
