package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;

import java.util.Random;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GradientReach;

/** A cell at work: its workspace, and where its gradients go. */
record CellRun(Cell cell, CellWorkspace workspace, float[] dx, float[] gradient) {

  /** A new workspace and zeros of the right lengths. */
  static CellRun fresh(Cell cell, CellCase c) {
    return into(cell, c, new float[c.x().length], new float[c.parameters().length]);
  }

  /** A new workspace and these arrays. */
  static CellRun into(Cell cell, CellCase c, float[] dx, float[] gradient) {
    CellRun run = new CellRun(cell, cell.newWorkspace(), dx, gradient);
    run.workspace.setRecurrentMasks(c.masks());
    return run;
  }

  /** Another cell on the buffers of a run before. */
  static CellRun again(CellRun before, Cell cell) {
    return new CellRun(cell, before.workspace, before.dx, before.gradient);
  }

  CellRun forward(CellCase c) {
    workspace.setRecurrentMasks(c.masks());
    cell.forward(workspace, c.shard().packed(), c.x(), c.parameters());
    return this;
  }

  /** Must follow {@link #forward} of the same case. */
  CellRun backward(CellCase c, float[] dh, GradientReach reach) {
    cell.backward(workspace, c.shard().packed(), c.x(), dh, reach, dx, c.parameters(), gradient);
    return this;
  }

  /** Forward and backward with a gradient in all rows. */
  CellRun both(CellCase c) {
    return forward(c).backward(c, c.dh().clone(), GradientReach.ALL_ROWS);
  }

  /** Asserts that the gradients of a run of {@link #both} are the slope of the equations. */
  void assertGradientIsSlope(CellCase c, Random random) {
    double[] ofParameters = doubles(gradient);
    double[] ofX = doubles(dx);
    Slope slope = Slope.draw(random, c);
    assertThat(slope.of(ofParameters, ofX))
        .as(c.toString())
        .isCloseTo(slope.value(), within(1e-6 * slope.scale(ofParameters, ofX)));
  }

  float[] h() {
    return workspace.h();
  }
}
