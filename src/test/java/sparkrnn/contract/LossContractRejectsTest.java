package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import sparkrnn.loss.ErrorLoss;
import sparkrnn.loss.Huber;
import sparkrnn.oracle.LossOracle;

/** The loss contract sees the usual mistakes. */
class LossContractRejectsTest {

  /** Huber's loss with one method to spoil. */
  private static class Spoilt implements ErrorLoss {
    final ErrorLoss huber = new Huber(1);

    @Override
    public double value(double error) {
      return huber.value(error);
    }

    @Override
    public double derivative(double error) {
      return huber.derivative(error);
    }
  }

  private static void assertRejects(BiConsumer<LossContractTest, Random> test, ErrorLoss loss) {
    LossContractTest contract =
        new ErrorLossContractTest() {
          @Override
          protected ErrorLoss create() {
            return loss;
          }

          @Override
          protected LossOracle oracle() {
            return LossOracle.huber(1);
          }
        };
    assertThatThrownBy(() -> test.accept(contract, new Random(1)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void gradientNotClippedAtDelta() {
    assertRejects(
        LossContractTest::gradientIsTheSlopeOfTheSum,
        new Spoilt() {
          @Override
          public double derivative(double error) {
            return error;
          }
        });
  }

  @Test
  void anotherDelta() {
    assertRejects(
        LossContractTest::sumIsWeightedMeanOverOutputsAsInKeras,
        new Spoilt() {
          @Override
          public double value(double error) {
            return new Huber(1.05).value(error);
          }
        });
  }

  @Test
  void sumOverOutputsInsteadOfTheirMean() {
    ErrorLoss loss =
        new Spoilt() {
          @Override
          public double weightedSum(float[] p, float[] y, float[] weights, int s, int outputs) {
            return outputs * super.weightedSum(p, y, weights, s, outputs);
          }
        };
    assertRejects(LossContractTest::sumIsWeightedMeanOverOutputsAsInKeras, loss);
  }

  @Test
  void weightForgottenInTheGradient() {
    ErrorLoss loss =
        new Spoilt() {
          @Override
          public void writeGradient(
              float[] g, float[] p, float[] y, float[] weights, float scale, int s, int outputs) {
            float[] ones = new float[s];
            Arrays.fill(ones, 1);
            super.writeGradient(g, p, y, ones, scale, s, outputs);
          }
        };
    assertRejects(LossContractTest::gradientIsTheSlopeOfTheSum, loss);
    assertRejects(LossContractTest::weightOfZeroLeavesASequenceOut, loss);
    assertRejects(LossContractTest::nothingIsAllocated, loss);
  }

  @Test
  void gradientAdded() {
    assertRejects(
        LossContractTest::gradientIsOverwrittenAndNothingBeyondIt,
        new Spoilt() {
          @Override
          public void writeGradient(
              float[] g, float[] p, float[] y, float[] weights, float scale, int s, int outputs) {
            float[] before = g.clone();
            super.writeGradient(g, p, y, weights, scale, s, outputs);
            for (int i = 0; i < s * outputs; i++) {
              g[i] += before[i];
            }
          }
        });
  }

  @Test
  void predictionThatIsNotFiniteHidden() {
    assertRejects(
        LossContractTest::predictionThatIsNotFiniteIsSeen,
        new Spoilt() {
          @Override
          public double value(double error) {
            return Double.isNaN(error) ? 0 : huber.value(error);
          }
        });
  }
}
