package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.cell.Cell;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** What every cell keeps: its equations, and what it reads, adds to and overwrites. */
public abstract class CellContractTest extends CellEquationsTest {

  @RandomTest
  void gradientIsAdded(Random random) {
    CellCase c = draw(random);
    float[] once = fresh(c).both(c).gradient();
    float[] before = normals(random, once.length, 1);
    float[] sum = before.clone();
    into(c, new float[c.x().length], sum).both(c);

    double[] expected = new double[sum.length];
    for (int p = 0; p < sum.length; p++) {
      expected[p] = (double) before[p] + once[p];
    }
    assertAgrees("gradient of " + c, sum, expected, c.backwardTerms());
  }

  @RandomTest
  void gradientOfOtherLayersIsNotTouched(Random random) {
    CellCase c = draw(random);
    float[] gradient = normals(random, c.parameters().length, 1);
    float[] before = gradient.clone();
    into(c, new float[c.x().length], gradient).both(c);
    assertThat(Arrays.copyOf(gradient, c.at().kernelAt()))
        .isNotEmpty()
        .containsExactly(Arrays.copyOf(before, c.at().kernelAt()));
    assertThat(Arrays.copyOfRange(gradient, c.end(), gradient.length))
        .isNotEmpty()
        .containsExactly(Arrays.copyOfRange(before, c.end(), before.length));
  }

  @RandomTest
  void dxIsOverwrittenAndNothingBeyondIt(Random random) {
    CellCase c = draw(random);
    float[] expected = fresh(c).both(c).dx();
    float[] poisoned = nans(expected.length + 7);
    into(c, poisoned, new float[c.parameters().length]).both(c);
    assertThat(Arrays.copyOf(poisoned, expected.length)).containsExactly(expected);
    assertThat(Arrays.copyOfRange(poisoned, expected.length, poisoned.length))
        .containsOnly(Float.NaN);
  }

  @RandomTest
  void longerInputsAreReadOnlyWhereTheRowsAre(Random random) {
    CellCase c = draw(random);
    CellRun expected = fresh(c).both(c);
    float[] x = Arrays.copyOf(c.x(), c.x().length + 5);
    float[] dh = Arrays.copyOf(c.dh(), c.dh().length + 5);
    Arrays.fill(x, c.x().length, x.length, Float.NaN);
    Arrays.fill(dh, c.dh().length, dh.length, Float.NaN);
    CellRun run = fresh(c);
    PackedSequences packed = c.shard().packed();
    run.cell().forward(run.workspace(), packed, x, c.parameters());
    run.cell()
        .backward(
            run.workspace(),
            packed,
            x,
            dh,
            GradientReach.ALL_ROWS,
            run.dx(),
            c.parameters(),
            run.gradient());
    assertThat(run.gradient()).containsExactly(expected.gradient());
    assertThat(run.dx()).containsExactly(expected.dx());
    assertThat(Arrays.copyOfRange(dh, c.dh().length, dh.length)).containsOnly(Float.NaN);
  }

  @RandomTest
  void inputsAreNotChangedAndHIsKept(Random random) {
    CellCase c = draw(random);
    float[] x = c.x().clone();
    float[] parameters = c.parameters().clone();
    CellRun run = fresh(c).forward(c);
    float[] h = run.h().clone();
    run.backward(c, c.dh().clone(), GradientReach.ALL_ROWS);
    assertThat(c.x()).containsExactly(x);
    assertThat(c.parameters()).containsExactly(parameters);
    assertThat(run.h()).containsExactly(h);
  }

  @RandomTest
  void unwantedDxChangesNoBit(Random random) {
    CellCase c = draw(random);
    float[] without = new float[c.parameters().length];
    into(c, null, without).both(c);
    assertThat(without).containsExactly(fresh(c).both(c).gradient());
  }

  @RandomTest
  void workspaceOfALargerShardServesASmallerOne(Random random) {
    assertSecondIsAsOnANewWorkspace(random, Shard.draw(random, 9, 6), Shard.draw(random, 4, 5));
  }

  /** Rows of the first time step stand where those of later ones stood. */
  @RandomTest
  void workspaceOfALongerShardServesAWiderOne(Random random) {
    Shard longer = new Shard(new int[] {13, 12});
    assertSecondIsAsOnANewWorkspace(random, longer, Shard.draw(random, 9, 2));
  }

  /** As a shard of training is followed by one of validation. */
  @RandomTest
  void masksOfOneRunAreNotThoseOfTheNext(Random random) {
    Shard shard = Shard.draw(random, 6, 5);
    CellCase masked = CellCase.drawWithMasks(type(), activation(), random, 3, 7, shard);
    assertSecondIsAsOnANewWorkspace(masked, draw(random, 3, 7, Shard.draw(random, 8, 6)));
    assertSecondIsAsOnANewWorkspace(draw(random, 3, 7, Shard.draw(random, 8, 6)), masked);
  }

  private void assertSecondIsAsOnANewWorkspace(Random random, Shard first, Shard second) {
    assertSecondIsAsOnANewWorkspace(draw(random, 3, 7, first), draw(random, 3, 7, second));
  }

  private void assertSecondIsAsOnANewWorkspace(CellCase before, CellCase c) {
    CellRun expected = fresh(c).both(c);

    CellRun used = fresh(before).both(before);
    float[] dx = new float[c.x().length];
    float[] gradient = new float[c.parameters().length];
    CellRun run = new CellRun(used.cell(), used.workspace(), dx, gradient).both(c);

    assertThat(Arrays.copyOf(run.h(), c.rows() * 7)).containsExactly(expected.h());
    assertThat(gradient).containsExactly(expected.gradient());
    assertThat(dx).containsExactly(expected.dx());
  }

  @RandomTest
  void shardWithoutSequencesAddsNothing(Random random) {
    CellCase none = draw(random, 3, 7, new Shard(new int[0]));
    CellRun run = fresh(none).both(none);
    assertThat(run.gradient()).containsOnly(0f);

    CellCase some = draw(random, 3, 7, new Shard(new int[] {3, 1}));
    CellRun used = fresh(some).both(some);
    float[] gradient = used.gradient().clone();
    used.both(none);
    assertThat(used.gradient()).containsExactly(gradient);
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Shard shard = Shard.draw(random, 8, 6);
    assertAllocatesNothing(draw(random, 5, 16, shard));
    assertAllocatesNothing(CellCase.drawWithMasks(type(), activation(), random, 5, 16, shard));
  }

  private void assertAllocatesNothing(CellCase c) {
    CellRun run = fresh(c);
    PackedSequences packed = c.shard().packed();
    Runnable step =
        () -> {
          run.cell().forward(run.workspace(), packed, c.x(), c.parameters());
          run.cell()
              .backward(
                  run.workspace(),
                  packed,
                  c.x(),
                  c.dh(),
                  GradientReach.LAST_ROWS,
                  run.dx(),
                  c.parameters(),
                  run.gradient());
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }

  @Test
  void arraysThatAreTooShortAreNamed() {
    CellCase c = draw(new Random(1), 3, 7, new Shard(new int[] {3, 2, 1}));
    PackedSequences packed = c.shard().packed();
    CellRun run = fresh(c);
    assertThatThrownBy(
            () -> run.cell().forward(run.workspace(), packed, new float[17], c.parameters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has 17 elements; its shape (6, 3) needs 18.");
    assertThatThrownBy(() -> run.forward(c).backward(c, new float[41], GradientReach.ALL_ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dh has 41 elements; its shape (6, 7) needs 42.");
    assertThatThrownBy(() -> into(c, new float[17], run.gradient()).both(c))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dx has 17 elements; its shape (6, 3) needs 18.");
    assertThat(run.gradient()).containsOnly(0f);
  }

  private CellRun into(CellCase c, float[] dx, float[] gradient) {
    Cell cell = create(c.inputs(), c.units(), c.at());
    return CellRun.into(cell, c, dx, gradient);
  }
}
