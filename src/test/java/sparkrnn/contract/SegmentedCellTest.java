package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import sparkrnn.RandomTest;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GradientReach;
import sparkrnn.cell.SegmentedCell;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;

/**
 * A cell that is run in segments is the cell itself, and a truncated one the sum of what it is on
 * pieces that begin with given states. If this fails, long sequences are trained wrongly and nobody
 * sees it but by the loss.
 */
final class SegmentedCellTest {

  /** Segments of five. */
  private static final int LONGEST = 23;

  private static final Segmentation CHECKPOINTS = new Segmentation(true, 0);

  /** Every cell with every activation, with and without recurrent dropout. */
  private static void forEachCase(Random random, BiConsumer<CellCase, Cell> test) {
    for (CellType type : CellType.values()) {
      for (String activation : type.activations()) {
        int inputs = 2 + random.nextInt(3);
        int units = 5 + random.nextInt(5);
        Shard shard = Shard.draw(random, 9, LONGEST);
        CellCase plain = CellCase.draw(type, activation, random, inputs, units, shard);
        test.accept(plain, type.create(inputs, units, activation, plain.at()));
        CellCase masked = CellCase.drawWithMasks(type, activation, random, inputs, units, shard);
        test.accept(masked, type.create(inputs, units, activation, masked.at()));
      }
    }
  }

  private static CellRun run(Cell cell, CellCase c, GradientReach reach) {
    boolean last = reach == GradientReach.LAST_ROWS;
    float[] dh = last ? c.shard().lastRowsOnly(c.dh(), c.units(), Float.NaN) : c.dh().clone();
    float[] dx = nans(c.x().length);
    return CellRun.into(cell, c, dx, new float[c.parameters().length])
        .forward(c)
        .backward(c, dh, reach);
  }

  private static void assertSame(CellCase c, CellRun actual, CellRun expected) {
    assertAgrees("h of " + c, actual.h(), rows(c, expected.h(), c.units()), c.forwardTerms());
    assertAgrees("gradient of " + c, actual.gradient(), doubles(expected.gradient()), terms(c));
    assertAgrees("dx of " + c, actual.dx(), doubles(expected.dx()), terms(c));
  }

  private static int terms(CellCase c) {
    return 4 * c.backwardTerms();
  }

  private static double[] rows(CellCase c, float[] values, int columns) {
    return doubles(Arrays.copyOf(values, c.rows() * columns));
  }

  @RandomTest
  void segmentsGiveTheGradientOfTheWhole(Random random) {
    forEachCase(
        random,
        (c, cell) -> {
          for (GradientReach reach : GradientReach.values()) {
            assertSame(c, run(new SegmentedCell(cell, CHECKPOINTS), c, reach), run(cell, c, reach));
          }
        });
  }

  @RandomTest
  void gradientOfSegmentsIsTheSlope(Random random) {
    forEachCase(
        random,
        (c, cell) -> {
          CellRun run = CellRun.fresh(new SegmentedCell(cell, CHECKPOINTS), c).both(c);
          run.assertGradientIsSlope(c, random);
        });
  }

  /** Nothing is cut where a sequence is no longer than the reach: not a bit differs. */
  @RandomTest
  void reachOfTheWholeIsTheWhole(Random random) {
    forEachCase(
        random,
        (c, cell) -> {
          Cell far = new SegmentedCell(cell, new Segmentation(false, LONGEST));
          CellRun expected = run(cell, c, GradientReach.ALL_ROWS);
          CellRun actual = run(far, c, GradientReach.ALL_ROWS);
          assertThat(actual.gradient()).containsExactly(expected.gradient());
          assertThat(actual.dx()).containsExactly(expected.dx());
        });
  }

  @RandomTest
  void truncatedGradientIsThatOfPiecesWithGivenStates(Random random) {
    forEachCase(
        random,
        (c, cell) -> {
          for (GradientReach reach : GradientReach.values()) {
            for (int reachSteps : new int[] {1, 3, 7, 20}) {
              Pieces pieces = new Pieces(c, cell, reach, reachSteps);
              for (boolean checkpoints : new boolean[] {false, true}) {
                Segmentation cut = new Segmentation(checkpoints, reachSteps);
                CellRun run = run(new SegmentedCell(cell, cut), c, reach);
                assertAgrees(reachSteps + " " + c, run.gradient(), pieces.gradient, terms(c));
                assertAgrees(reachSteps + " " + c, run.dx(), pieces.dx, terms(c));
              }
            }
          }
        });
  }

  /** The sequences one by one, each in pieces counted from its end, without segments. */
  private static final class Pieces {
    final double[] gradient;
    final double[] dx;

    Pieces(CellCase c, Cell cell, GradientReach reach, int reachSteps) {
      gradient = new double[c.parameters().length];
      dx = new double[c.x().length];
      boolean last = reach == GradientReach.LAST_ROWS;
      float[] dh = last ? c.shard().lastRowsOnly(c.dh(), c.units(), 0) : c.dh();
      for (int s = 0; s < c.shard().lengths().length; s++) {
        add(c, cell, s, dh, reachSteps);
      }
    }

    private void add(CellCase c, Cell cell, int s, float[] dh, int reachSteps) {
      int length = c.shard().lengths()[s];
      float[] x = c.shard().alone(s, c.x(), c.inputs());
      float[] dhAlone = c.shard().alone(s, dh, c.units());
      double[][] dxAlone = new double[length][];
      float[] state = new float[cell.states() * c.units()];
      for (int from = 0; from < length; ) {
        int to = length - (length - from - 1) / reachSteps * reachSteps;
        CellWorkspace w = cell.newWorkspace();
        w.setRecurrentMasks(c.masksAlone(s));
        w.setInitialState(state);
        PackedSequences piece = PackedSequences.of(to - from);
        float[] pieceX = Arrays.copyOfRange(x, from * c.inputs(), to * c.inputs());
        float[] pieceDh = Arrays.copyOfRange(dhAlone, from * c.units(), to * c.units());
        float[] pieceDx = new float[pieceX.length];
        float[] pieceGradient = new float[gradient.length];
        cell.forward(w, piece, pieceX, c.parameters());
        cell.backward(
            w,
            piece,
            pieceX,
            pieceDh,
            GradientReach.ALL_ROWS,
            pieceDx,
            c.parameters(),
            pieceGradient);
        for (int e = 0; e < gradient.length; e++) {
          gradient[e] += pieceGradient[e];
        }
        for (int t = from; t < to; t++) {
          int row = (t - from) * c.inputs();
          dxAlone[t] = doubles(Arrays.copyOfRange(pieceDx, row, row + c.inputs()));
        }
        state = Arrays.copyOf(w.lastState(), state.length);
        from = to;
      }
      c.shard().pack(s, dxAlone, dx);
    }
  }

  @RandomTest
  void segmentsAllocateNothing(Random random) {
    forEachCase(
        random,
        (c, cell) -> {
          CellRun run = CellRun.fresh(new SegmentedCell(cell, new Segmentation(true, 8)), c);
          float[] dh = c.dh().clone();
          Runnable step = () -> run.forward(c).backward(c, dh, GradientReach.ALL_ROWS);
          long alone = Allocation.bytesPerRun(() -> c.shard().packed());
          assertThat(Allocation.bytesPerRun(step)).isLessThanOrEqualTo(2 * alone);
        });
  }
}
