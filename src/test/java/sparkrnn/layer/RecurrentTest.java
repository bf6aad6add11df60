package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.RandomTest;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * A layer of two directions does what its cells do on the sequences and on the sequences turned
 * around by hand, bit by bit; the equations of the cells have their own tests.
 */
class RecurrentTest {

  private static final int F = 3;
  private static final int H = 5;

  private static final class Case {
    final Cell forward;
    final Cell backward;
    final Recurrent layer;
    final Shard shard;
    final float[] parameters;
    final float[] x;
    final float[] dy;

    Case(Random random, CellType type, Shard shard) {
      ParameterLayout.Builder layout = ParameterLayout.builder();
      GateParameters at = type.declare(layout, "forward", F, H);
      GateParameters backwardAt = type.declare(layout, "backward", F, H);
      String activation = type.activations().get(0);
      forward = type.create(F, H, activation, at);
      backward = type.create(F, H, activation, backwardAt);
      layer = Recurrent.bidirectional(forward, backward);
      this.shard = shard;
      parameters = normals(random, layout.build().size(), 0.5);
      x = normals(random, shard.rows() * F, 1);
      dy = normals(random, shard.rows() * 2 * H, 1);
    }

    /** A copy of packed rows in which every sequence is turned around. */
    float[] turned(float[] rows, int columns) {
      float[] turned = new float[shard.rows() * columns];
      for (int s = 0; s < shard.lengths().length; s++) {
        int length = shard.lengths()[s];
        for (int t = 0; t < length; t++) {
          int from = shard.row(s, length - 1 - t) * columns;
          System.arraycopy(rows, from, turned, shard.row(s, t) * columns, columns);
        }
      }
      return turned;
    }

    /** A copy of a half of the columns of (N, 2H). */
    float[] half(float[] rows, int half) {
      float[] part = new float[shard.rows() * H];
      for (int r = 0; r < shard.rows(); r++) {
        System.arraycopy(rows, (2 * r + half) * H, part, r * H, H);
      }
      return part;
    }

    RecurrentWorkspace forward(RecurrentWorkspace workspace) {
      layer.forward(workspace, shard.packed(), x, parameters);
      return workspace;
    }

    float[] y() {
      return Arrays.copyOf(forward(layer.newWorkspace()).y(), shard.rows() * 2 * H);
    }

    /** What one cell does alone with rows of one direction. */
    void run(Cell cell, float[] rows, float[] dh, GradientReach reach, float[] dx, float[] sum) {
      CellWorkspace workspace = cell.newWorkspace();
      cell.forward(workspace, shard.packed(), rows, parameters);
      cell.backward(workspace, shard.packed(), rows, dh, reach, dx, parameters, sum);
    }

    float[] h(Cell cell, float[] rows) {
      CellWorkspace workspace = cell.newWorkspace();
      cell.forward(workspace, shard.packed(), rows, parameters);
      return Arrays.copyOf(workspace.h(), shard.rows() * H);
    }

    void backward(RecurrentWorkspace workspace, GradientReach reach, float[] dx, float[] sum) {
      layer.backward(workspace, shard.packed(), dy.clone(), reach, dx, parameters, sum);
    }
  }

  private static Case draw(Random random, CellType type) {
    return new Case(random, type, Shard.draw(random, 4 + random.nextInt(9), 7));
  }

  @RandomTest
  void outputIsThatOfTheCellsSideBySide(Random random) {
    for (CellType type : CellType.values()) {
      Case c = draw(random, type);
      assertThat(c.half(c.y(), 0)).containsExactly(c.h(c.forward, c.x));
      float[] backward = c.h(c.backward, c.turned(c.x, F));
      assertThat(c.half(c.y(), 1)).containsExactly(c.turned(backward, H));
    }
  }

  @RandomTest
  void gradientIsThatOfTheCells(Random random) {
    for (CellType type : CellType.values()) {
      Case c = draw(random, type);
      float[] dx = nans(c.x.length + 4);
      float[] gradient = new float[c.parameters.length];
      RecurrentWorkspace workspace = c.forward(c.layer.newWorkspace());
      c.backward(workspace, GradientReach.ALL_ROWS, dx, gradient);

      float[] expected = new float[gradient.length];
      float[] dxf = new float[c.x.length];
      float[] dxb = new float[c.x.length];
      c.run(c.forward, c.x, c.half(c.dy, 0), GradientReach.ALL_ROWS, dxf, expected);
      float[] dhb = c.turned(c.half(c.dy, 1), H);
      c.run(c.backward, c.turned(c.x, F), dhb, GradientReach.ALL_ROWS, dxb, expected);
      assertThat(gradient).containsExactly(expected);
      dxb = c.turned(dxb, F);
      for (int e = 0; e < c.x.length; e++) {
        assertThat(dx[e]).isEqualTo(dxf[e] + dxb[e]);
      }
      assertThat(Arrays.copyOfRange(dx, c.x.length, dx.length)).containsOnly(Float.NaN);
    }
  }

  /** Where no layer above reads, dy may hold anything. */
  @RandomTest
  void lastRowsAreEachDirectionsOwn(Random random) {
    for (CellType type : CellType.values()) {
      Case c = draw(random, type);
      float[] all = c.dy.clone();
      for (int s = 0; s < c.shard.lengths().length; s++) {
        for (int t = 0; t < c.shard.lengths()[s]; t++) {
          int row = c.shard.row(s, t) * 2 * H;
          if (t < c.shard.lengths()[s] - 1) {
            Arrays.fill(c.dy, row, row + H, Float.NaN);
            Arrays.fill(all, row, row + H, 0);
          }
          if (t > 0) {
            Arrays.fill(c.dy, row + H, row + 2 * H, Float.NaN);
            Arrays.fill(all, row + H, row + 2 * H, 0);
          }
        }
      }
      float[] gradient = new float[c.parameters.length];
      c.backward(c.forward(c.layer.newWorkspace()), GradientReach.LAST_ROWS, null, gradient);
      System.arraycopy(all, 0, c.dy, 0, all.length);
      float[] expected = new float[c.parameters.length];
      c.backward(c.forward(c.layer.newWorkspace()), GradientReach.ALL_ROWS, null, expected);
      assertThat(gradient).containsExactly(expected);
    }
  }

  @RandomTest
  void oneDirectionIsTheCell(Random random) {
    Case c = draw(random, CellType.LSTM);
    Recurrent layer = Recurrent.forward(c.forward);
    RecurrentWorkspace workspace = layer.newWorkspace();
    layer.forward(workspace, c.shard.packed(), c.x, c.parameters);
    assertThat(Arrays.copyOf(workspace.y(), c.shard.rows() * H))
        .containsExactly(c.h(c.forward, c.x));
    assertThat(layer.outputs()).isEqualTo(H);
    assertThat(c.layer.outputs()).isEqualTo(2 * H);
    assertThat(c.layer.forwardOutputs()).isEqualTo(H);
  }

  @RandomTest
  void workspaceOfAnotherShardServesThisOne(Random random) {
    Case before = new Case(random, CellType.GRU, new Shard(new int[] {13, 12}));
    Case c = new Case(random, CellType.GRU, Shard.draw(random, 9, 2));
    RecurrentWorkspace workspace = before.forward(before.layer.newWorkspace());
    before.backward(
        workspace,
        GradientReach.ALL_ROWS,
        new float[before.x.length],
        new float[before.parameters.length]);
    float[] dx = new float[c.x.length];
    float[] gradient = new float[c.parameters.length];
    c.backward(c.forward(workspace), GradientReach.ALL_ROWS, dx, gradient);
    float[] expectedDx = new float[c.x.length];
    float[] expected = new float[c.parameters.length];
    c.backward(c.forward(c.layer.newWorkspace()), GradientReach.ALL_ROWS, expectedDx, expected);
    assertThat(dx).containsExactly(expectedDx);
    assertThat(gradient).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource
  void stepAllocatesNothing(CellType type) {
    Case c = draw(new Random(3), type);
    RecurrentWorkspace workspace = c.layer.newWorkspace();
    PackedSequences packed = c.shard.packed();
    float[] dx = new float[c.x.length];
    float[] gradient = new float[c.parameters.length];
    Runnable step =
        () -> {
          c.layer.forward(workspace, packed, c.x, c.parameters);
          c.layer.backward(
              workspace, packed, c.dy, GradientReach.ALL_ROWS, dx, c.parameters, gradient);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }

  @Test
  void arraysThatAreTooShortAreNamed() {
    Case c = new Case(new Random(1), CellType.LSTM, new Shard(new int[] {3, 2, 1}));
    RecurrentWorkspace workspace = c.layer.newWorkspace();
    PackedSequences packed = c.shard.packed();
    assertThatThrownBy(() -> c.layer.forward(workspace, packed, new float[17], c.parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has 17 elements; its shape (6, 3) needs 18.");
    c.forward(workspace);
    assertThatThrownBy(
            () ->
                c.layer.backward(
                    workspace,
                    packed,
                    new float[59],
                    GradientReach.ALL_ROWS,
                    null,
                    c.parameters,
                    new float[c.parameters.length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dy has 59 elements; its shape (6, 10) needs 60.");
  }
}
