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
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

/** The pooling contract sees the usual mistakes. */
class PoolingContractRejectsTest {

  /** A right pooling with one method to spoil. */
  private static class Spoilt implements Pooling {

    final Pooling pooling;

    Spoilt(Pooling pooling) {
      this.pooling = pooling;
    }

    @Override
    public void forward(
        PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
      pooling.forward(workspace, sequences, y, parameters);
    }

    @Override
    public void backward(
        PoolingWorkspace workspace,
        PackedSequences sequences,
        float[] dy,
        float[] parameters,
        float[] gradient) {
      pooling.backward(workspace, sequences, dy, parameters, gradient);
    }

    @Override
    public GradientReach reach() {
      return pooling.reach();
    }

    @Override
    public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {
      pooling.beginSegments(workspace, whole);
    }

    @Override
    public void forwardSegment(
        PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
      pooling.forwardSegment(workspace, segment, y, parameters);
    }

    @Override
    public void backwardSegment(
        PoolingWorkspace workspace,
        SequenceSegment segment,
        float[] y,
        float[] dy,
        float[] parameters,
        float[] gradient) {
      pooling.backwardSegment(workspace, segment, y, dy, parameters, gradient);
    }
  }

  private interface Mistake {
    Pooling in(ParameterLayout.Builder layout, int forwardColumns, int columns);
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
          protected Pooling create(
              ParameterLayout.Builder layout, int forwardColumns, int columns) {
            return mistake.in(layout, forwardColumns, columns);
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
        (layout, forwardColumns, columns) -> PoolingType.LAST.create(layout, columns, columns));
  }

  @Test
  void anotherPooling() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MEAN,
        (layout, forwardColumns, columns) ->
            PoolingType.MAX.create(layout, forwardColumns, columns));
  }

  @Test
  void rowsLeftUnwritten() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MEAN,
        (layout, forwardColumns, columns) ->
            new Spoilt(PoolingType.MEAN.create(layout, forwardColumns, columns)) {
              @Override
              public void backward(
                  PoolingWorkspace workspace,
                  PackedSequences sequences,
                  float[] dy,
                  float[] parameters,
                  float[] gradient) {
                float first = dy[0];
                pooling.backward(workspace, sequences, dy, parameters, gradient);
                dy[0] = first;
              }
            });
  }

  @Test
  void writtenBeyondTheLastRow() {
    assertRejects(
        PoolingContractTest::dyAgreesWithItsEquation,
        PoolingType.MAX,
        (layout, forwardColumns, columns) ->
            new Spoilt(PoolingType.MAX.create(layout, forwardColumns, columns)) {
              @Override
              public void backward(
                  PoolingWorkspace workspace,
                  PackedSequences sequences,
                  float[] dy,
                  float[] parameters,
                  float[] gradient) {
                Arrays.fill(dy, 0f);
                pooling.backward(workspace, sequences, dy, parameters, gradient);
              }
            });
  }

  /** A new gradient at each call, or one that never arrives: both lose what was there. */
  @Test
  void gradientOverwritten() {
    assertRejects(
        PoolingContractTest::gradientIsAdded,
        PoolingType.ATTENTION,
        (layout, forwardColumns, columns) ->
            new Spoilt(PoolingType.ATTENTION.create(layout, forwardColumns, columns)) {
              @Override
              public void backward(
                  PoolingWorkspace workspace,
                  PackedSequences sequences,
                  float[] dy,
                  float[] parameters,
                  float[] gradient) {
                Arrays.fill(gradient, 0f);
                pooling.backward(workspace, sequences, dy, parameters, gradient);
              }
            });
  }

  @Test
  void inputUsedAsScratch() {
    assertRejects(
        PoolingContractTest::pooledAgreesWithItsEquation,
        PoolingType.MAX,
        (layout, forwardColumns, columns) ->
            new Spoilt(PoolingType.MAX.create(layout, forwardColumns, columns)) {
              @Override
              public void forward(
                  PoolingWorkspace workspace,
                  PackedSequences sequences,
                  float[] y,
                  float[] parameters) {
                pooling.forward(workspace, sequences, y, parameters);
                y[0] = 0;
              }
            });
  }
}
