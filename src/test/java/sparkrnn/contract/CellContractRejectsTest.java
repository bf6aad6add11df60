package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** The cell contract sees the usual mistakes. */
class CellContractRejectsTest {

  private static final Random RANDOM = new Random(1);

  private interface Mistake {
    Cell in(Cell cell, GateParameters at);
  }

  private static void assertRejects(
      BiConsumer<CellContractTest, Random> test, CellType type, Mistake mistake) {
    CellContractTest contract =
        new CellContractTest() {
          @Override
          public CellType type() {
            return type;
          }

          @Override
          protected Cell create(int inputs, int units, GateParameters at) {
            return mistake.in(super.create(inputs, units, at), at);
          }
        };
    assertThatThrownBy(() -> test.accept(contract, RANDOM)).isInstanceOf(AssertionError.class);
  }

  /** A mistake in what backward does, in all else a right LSTM. */
  private static void assertRejects(
      BiConsumer<CellContractTest, Random> test, SpoiltBackward.Mistake mistake) {
    assertRejects(test, CellType.LSTM, (cell, at) -> new SpoiltBackward(cell, at, mistake));
  }

  @Test
  void swappedGates() {
    Mistake swapped = (cell, at) -> new SwappedGates(cell, at, 2, 4);
    assertRejects(CellContractTest::hAgreesWithItsEquations, CellType.LSTM, swapped);
    assertRejects(CellContractTest::gradientIsTheSlopeOfTheEquations, CellType.LSTM, swapped);
    Mistake pyTorchOrder = (cell, at) -> new SwappedGates(cell, at, 0, 3);
    assertRejects(CellContractTest::hAgreesWithItsEquations, CellType.GRU, pyTorchOrder);
  }

  @Test
  void gradientOverwritten() {
    assertRejects(
        CellContractTest::gradientIsAdded,
        (subject, a) -> {
          Arrays.fill(a.gradient(), 5, a.gradient().length - 5, 0f);
          a.passTo(subject.cell);
        });
  }

  @Test
  void gradientOfAnotherLayerTouched() {
    assertRejects(
        CellContractTest::gradientOfOtherLayersIsNotTouched,
        (subject, a) -> {
          a.passTo(subject.cell);
          a.gradient()[a.gradient().length - 5] += 1;
        });
  }

  @Test
  void biasGradientOfOneUnitLeftOut() {
    SpoiltBackward.Mistake mistake =
        (subject, a) -> {
          float before = a.gradient()[subject.at.biasAt() + 1];
          a.passTo(subject.cell);
          a.gradient()[subject.at.biasAt() + 1] = before;
        };
    assertRejects(CellContractTest::gradientAgreesWithItsEquations, mistake);
    assertRejects(CellContractTest::gradientIsTheSlopeOfTheEquations, mistake);
  }

  @Test
  void dxAdded() {
    assertRejects(
        CellContractTest::dxIsOverwrittenAndNothingBeyondIt,
        (subject, a) -> {
          float[] before = a.dx().clone();
          a.passTo(subject.cell);
          for (int e = 0; e < a.sequences().rows() * subject.inputs(); e++) {
            a.dx()[e] += before[e];
          }
        });
  }

  @Test
  void dxWrittenBeyondItsEnd() {
    assertRejects(
        CellContractTest::dxIsOverwrittenAndNothingBeyondIt,
        (subject, a) -> {
          a.passTo(subject.cell);
          Arrays.fill(a.dx(), a.sequences().rows() * subject.inputs(), a.dx().length, 0f);
        });
  }

  @Test
  void reachNotHeeded() {
    assertRejects(
        CellContractTest::gradientOfLastRowsAgreesWithItsEquations,
        (subject, a) -> a.withReach(GradientReach.ALL_ROWS).passTo(subject.cell));
  }

  @Test
  void hUsedAsScratch() {
    assertRejects(
        CellContractTest::inputsAreNotChangedAndHIsKept,
        (subject, a) -> {
          a.passTo(subject.cell);
          a.workspace().h()[3] = 0;
        });
  }

  @Test
  void arrayAllocatedInAStep() {
    assertRejects(
        CellContractTest::stepAllocatesNothing,
        (subject, a) -> {
          System.arraycopy(a.dh().clone(), 0, a.dh(), 0, a.dh().length);
          a.passTo(subject.cell);
        });
  }

  @Test
  void lengthOfDhNotChecked() {
    assertRejects(
        (contract, random) -> contract.arraysThatAreTooShortAreNamed(),
        (subject, a) -> {
          float[] longEnough = Arrays.copyOf(a.dh(), a.sequences().rows() * subject.units());
          a.withDh(longEnough).passTo(subject.cell);
        });
  }

  @Test
  void stateLeftFromTheShardBefore() {
    assertRejects(
        CellContractTest::workspaceOfALargerShardServesASmallerOne,
        CellType.GRU,
        (cell, at) ->
            new SpoiltCell(cell) {
              @Override
              public void forward(
                  CellWorkspace workspace, PackedSequences shape, float[] x, float[] parameters) {
                float before = workspace.h().length > 0 ? workspace.h()[0] : 0;
                cell.forward(workspace, shape, x, parameters);
                workspace.h()[0] += before;
              }
            });
  }

  @Test
  void recurrentDropoutLeftOut() {
    assertRejects(
        CellContractTest::hAgreesWithItsEquations,
        CellType.LSTM,
        (cell, at) ->
            new SpoiltCell(cell) {
              @Override
              public void forward(
                  CellWorkspace workspace, PackedSequences shape, float[] x, float[] parameters) {
                workspace.setRecurrentMasks(null);
                cell.forward(workspace, shape, x, parameters);
              }
            });
  }

  @Test
  void masksOfAnotherGateTaken() {
    assertRejects(
        CellContractTest::gradientAgreesWithItsEquations,
        (subject, a) -> {
          float[] same = new float[4 * a.sequences().sequences() * subject.units()];
          Arrays.fill(same, 1);
          a.workspace().setRecurrentMasks(same);
          a.passTo(subject.cell);
        });
  }

  @Test
  void sequencesMixed() {
    assertRejects(
        CellContractTest::sequencesTogetherAreAsOneByOne,
        CellType.SIMPLE_RNN,
        (cell, at) ->
            new SpoiltCell(cell) {
              @Override
              public void forward(
                  CellWorkspace workspace, PackedSequences shape, float[] x, float[] parameters) {
                cell.forward(workspace, shape, x, parameters);
                workspace.h()[units()] += shape.sequences() > 1 ? workspace.h()[0] : 0;
              }
            });
  }
}
