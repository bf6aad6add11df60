package sparkrnn.contract;

import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.cell.CellType;

/**
 * The gradient of an LSTM with layer normalization whose sequences have one feature.
 *
 * <p>x W is then x times one row, and its norm is the same for all x but for the epsilon: the terms
 * of each element of dx cancel almost wholly, so its error is measured beside all of the gradient,
 * and of few time steps.
 */
class OneFeatureLayerNormTest {

  private static final int SHAPES = 12;
  private static final CellType TYPE = CellType.LAYER_NORM_LSTM;
  private static final String ACTIVATION = TYPE.activations().get(0);

  @RandomTest
  void gradientIsTheSlopeOfTheEquations(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      int units = 5 + random.nextInt(9);
      Shard shard = Shard.draw(random, 14 + random.nextInt(7), 2);
      CellCase c = CellCase.draw(TYPE, ACTIVATION, random, 1, units, shard);
      CellRun.fresh(TYPE.create(1, units, ACTIVATION, c.at()), c)
          .both(c)
          .assertGradientIsSlope(c, random);
    }
  }
}
