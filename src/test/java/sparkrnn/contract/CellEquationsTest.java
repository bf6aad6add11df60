package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** That a cell computes its equations; the half of {@link CellContractTest} about numbers. */
public abstract class CellEquationsTest {

  private static final int SHAPES = 12;

  /** The constant that names the cell. */
  public abstract CellType type();

  public String activation() {
    return type().activations().get(0);
  }

  /** The smallest F of the drawn cases; of one feature, if nothing is to be said against it. */
  protected int fewestInputs() {
    return 1;
  }

  /** The subject. */
  protected Cell create(int inputs, int units, GateParameters at) {
    return type().create(inputs, units, activation(), at);
  }

  /**
   * A case of a random shape, in which no two sizes are the same, and with recurrent dropout half
   * of the time.
   */
  final CellCase draw(Random random) {
    int inputs = fewestInputs() + random.nextInt(4);
    int units = 5 + random.nextInt(9);
    Shard shard = Shard.draw(random, 14 + random.nextInt(7), 6);
    return random.nextBoolean()
        ? draw(random, inputs, units, shard)
        : CellCase.drawWithMasks(type(), activation(), random, inputs, units, shard);
  }

  final CellCase draw(Random random, int inputs, int units, Shard shard) {
    return CellCase.draw(type(), activation(), random, inputs, units, shard);
  }

  final CellRun fresh(CellCase c) {
    return CellRun.fresh(create(c.inputs(), c.units(), c.at()), c);
  }

  @RandomTest
  void hAgreesWithItsEquations(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      assertH(draw(random));
    }
  }

  /** What predictions are made of; with masks the cell goes the long way. */
  @RandomTest
  void hOfARunWithoutBackwardAgreesWithItsEquations(Random random) {
    CellRun run = null;
    for (int i = 0; i < SHAPES; i++) {
      CellCase c = draw(random, 1 + random.nextInt(4), 7, Shard.draw(random, 9 + i, 6));
      run = run == null ? fresh(c) : CellRun.again(run, create(c.inputs(), c.units(), c.at()));
      run.workspace().setKeepsForBackward(false);
      assertAgrees("h of " + c, run.forward(c).h(), c.expectedH(), c.forwardTerms());
    }
  }

  @RandomTest
  void gradientAgreesWithItsEquations(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      assertGradient(draw(random), GradientReach.ALL_ROWS);
    }
  }

  /** Where no layer above reads, dh may hold anything. */
  @RandomTest
  void gradientOfLastRowsAgreesWithItsEquations(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      assertGradient(draw(random), GradientReach.LAST_ROWS);
    }
  }

  /** Wider and longer than one tile of a matrix product. */
  @RandomTest
  void wideCellAgreesWithItsEquations(Random random) {
    CellCase c = draw(random, 9, 139, Shard.draw(random, 83, 5));
    assertH(c);
    assertGradient(c, GradientReach.ALL_ROWS);
  }

  @RandomTest
  void sequencesOfLengthOneAgreeWithTheEquations(Random random) {
    CellCase c = draw(random, 3, 7, new Shard(new int[] {1, 1, 1, 1, 1}));
    assertH(c);
    assertGradient(c, GradientReach.ALL_ROWS);
    assertGradient(c, GradientReach.LAST_ROWS);
  }

  /** The proof of the oracle itself. */
  @RandomTest
  void gradientOfTheEquationsIsTheirSlope(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      CellCase c = draw(random);
      double[] dx = new double[c.x().length];
      double[] gradient = c.expectedGradient(c.dh(), dx);
      Slope slope = Slope.draw(random, c);
      assertThat(slope.of(gradient, dx))
          .as(c.toString())
          .isCloseTo(slope.value(), within(1e-7 * slope.scale(gradient, dx)));
    }
  }

  @RandomTest
  void gradientIsTheSlopeOfTheEquations(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      CellCase c = draw(random);
      fresh(c).both(c).assertGradientIsSlope(c, random);
    }
  }

  /** To rounding and not to the bit: BLAS sums a row alone in another order than among others. */
  @RandomTest
  void sequencesTogetherAreAsOneByOne(Random random) {
    CellCase c = draw(random);
    float[] together = fresh(c).forward(c).h();
    Cell cell = create(c.inputs(), c.units(), c.at());
    CellWorkspace workspace = cell.newWorkspace();
    for (int s = 0; s < c.shard().lengths().length; s++) {
      PackedSequences alone = PackedSequences.of(c.shard().lengths()[s]);
      workspace.setRecurrentMasks(c.masksAlone(s));
      cell.forward(workspace, alone, c.shard().alone(s, c.x(), c.inputs()), c.parameters());
      double[] expected = doubles(c.shard().alone(s, together, c.units()));
      assertAgrees("h of sequence " + s + " of " + c, workspace.h(), expected, c.forwardTerms());
    }
  }

  private void assertH(CellCase c) {
    assertAgrees("h of " + c, fresh(c).forward(c).h(), c.expectedH(), c.forwardTerms());
  }

  private void assertGradient(CellCase c, GradientReach reach) {
    boolean all = reach == GradientReach.ALL_ROWS;
    float[] kernelDh = all ? c.dh().clone() : c.shard().lastRowsOnly(c.dh(), c.units(), Float.NaN);
    float[] oracleDh = all ? c.dh() : c.shard().lastRowsOnly(c.dh(), c.units(), 0);
    CellRun run = fresh(c).forward(c).backward(c, kernelDh, reach);
    double[] dx = new double[c.x().length];
    double[] gradient = c.expectedGradient(oracleDh, dx);
    assertAgrees("gradient, " + reach + " of " + c, run.gradient(), gradient, c.backwardTerms());
    assertAgrees("dx, " + reach + " of " + c, run.dx(), dx, c.backwardTerms());
  }
}
