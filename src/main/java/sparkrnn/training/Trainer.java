package sparkrnn.training;

import java.util.List;
import sparkrnn.network.NetworkSpec;

/** SKELETON: fits a network to a training set. */
public final class Trainer {

  private Trainer() {}

  /**
   * @throws DivergedException if a loss, gradient or parameter stops being finite
   * @throws sparkrnn.exchange.ExchangeException if workers are lost for good
   */
  public static TrainingResult fit(
      TrainingSet data,
      NetworkSpec spec,
      TrainingSettings settings,
      List<TrainingListener> listeners) {
    throw new UnsupportedOperationException();
  }
}
