package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import sparkrnn.cell.GradientReach;
import sparkrnn.layer.Pooling;
import sparkrnn.layer.PoolingType;
import sparkrnn.layer.PoolingWorkspace;
import sparkrnn.sequence.PackedSequences;

/** The pooling contract sees the usual mistakes. */
class PoolingContractRejectsTest {

  /** A right pooling with one method to spoil. */
  private static class Spoilt implements Pooling {

    final Pooling pooling;

    Spoilt(Pooling pooling) {
      this.pooling = pooling;
    }

    @Override
    public void forward(PoolingWorkspace workspace, PackedSequences sequences, float[] y) {
      pooling.forward(workspace, sequences, y);
    }

    @Override
    public void backward(PoolingWorkspace workspace, PackedSequences sequences, float[] dy) {
      pooling.backward(workspace, sequences, dy);
    }

    @Override
    public GradientReach reach() {
      return pooling.reach();
    }
  }

  private interface Mistake {
    Pooling in(int forwardColumns, int columns);
  }

  private static void assertRejects(
      BiConsumer<PoolingContractTest, Random> test, PoolingType type, Mistake mistake) {
    PoolingContractTest contract =
        new PoolingContractTest() {
          @Override
          public PoolingType type() {
            return type;
          }

          @Override
          protected Pooling create(int forwardColumns, int columns) {
            return mistake.in(forwardColumns, columns);
          }
        };
    assertThatThrownBy(() -> test.accept(contract, new Random(1)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void lastRowTakenForBothDirections() {
    assertRejects(
        PoolingContractTest::pooledAgreesWithItsEquation,
        PoolingType.LAST,
        (forwardColumns, columns) -> PoolingType.LAST.create(columns, columns));
  }

  @Test
  void anotherPooling() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MEAN,
        (forwardColumns, columns) -> PoolingType.MAX.create(forwardColumns, columns));
  }

  @Test
  void rowsLeftUnwritten() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MEAN,
        (forwardColumns, columns) ->
            new Spoilt(PoolingType.MEAN.create(forwardColumns, columns)) {
              @Override
              public void backward(
                  PoolingWorkspace workspace, PackedSequences sequences, float[] dy) {
                float first = dy[0];
                pooling.backward(workspace, sequences, dy);
                dy[0] = first;
              }
            });
  }

  @Test
  void writtenBeyondTheLastRow() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MAX,
        (forwardColumns, columns) ->
            new Spoilt(PoolingType.MAX.create(forwardColumns, columns)) {
              @Override
              public void backward(
                  PoolingWorkspace workspace, PackedSequences sequences, float[] dy) {
                Arrays.fill(dy, 0f);
                pooling.backward(workspace, sequences, dy);
              }
            });
  }

  @Test
  void inputUsedAsScratch() {
    assertRejects(
        PoolingContractTest::pooledAgreesWithItsEquation,
        PoolingType.MAX,
        (forwardColumns, columns) ->
            new Spoilt(PoolingType.MAX.create(forwardColumns, columns)) {
              @Override
              public void forward(
                  PoolingWorkspace workspace, PackedSequences sequences, float[] y) {
                pooling.forward(workspace, sequences, y);
                y[0] = 0;
              }
            });
  }
}
