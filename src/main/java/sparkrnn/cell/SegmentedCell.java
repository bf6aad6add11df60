package sparkrnn.cell;

import java.util.Arrays;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;
import sparkrnn.sequence.SequenceSegment;

/**
 * Another cell, run segment by segment as {@link Segmentation} says, wherever backward follows.
 *
 * <p>Of all time steps it holds h alone; gates, and what else the cell keeps, of one segment. h is
 * that of the cell. The gradient is too, but for rounding: that of the parameters is summed segment
 * by segment.
 *
 * <p>Knows no zoneout, which needs a number for every time step.
 */
public final class SegmentedCell implements Cell {

  private final Cell cell;
  private final Segmentation segmentation;

  /** The cell to run. */
  public SegmentedCell(Cell cell, Segmentation segmentation) {
    this.cell = cell;
    this.segmentation = segmentation;
  }

  @Override
  public int inputs() {
    return cell.inputs();
  }

  @Override
  public int units() {
    return cell.units();
  }

  @Override
  public int gates() {
    return cell.gates();
  }

  @Override
  public int states() {
    return cell.states();
  }

  @Override
  public CellWorkspace newWorkspace() {
    return new Workspace(cell.newWorkspace());
  }

  private boolean isCut(CellWorkspace w, PackedSequences sequences) {
    return w.keepsForBackward() && segmentation.cuts(sequences.timeSteps());
  }

  @Override
  public void forward(
      CellWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    Workspace w = (Workspace) workspace;
    w.prepare(sequences);
    if (!isCut(w, sequences)) {
      w.inner.setInitialState(null);
      cell.forward(w.inner, sequences, x, parameters);
      w.h = w.inner.h();
      return;
    }
    int length = segmentation.length(sequences.timeSteps());
    int segments = segmentation.segments(sequences.timeSteps());
    w.ownH = CellWorkspace.grown(w.ownH, sequences.rows() * units());
    w.h = w.ownH;
    w.growStates(segments);
    w.states[0] = CellWorkspace.grown(w.states[0], stateSize(sequences.sequences()));
    Arrays.fill(w.states[0], 0, stateSize(sequences.sequences()), 0f);
    for (int k = 0; k < segments; k++) {
      segmentation.open(w.segment, sequences, k);
      runSegment(w, k, x, parameters);
      w.segment.copyTo(w.h, units(), w.inner.h());
      keepState(w, sequences, k, length);
    }
  }

  private int stateSize(int sequences) {
    return states() * sequences * units();
  }

  private void runSegment(Workspace w, int k, float[] x, float[] parameters) {
    w.x = CellWorkspace.grown(w.x, w.segment.sequences().rows() * inputs());
    w.segment.copyFrom(x, inputs(), w.x);
    w.inner.setInitialState(w.states[k]);
    cell.forward(w.inner, w.segment.sequences(), w.x, parameters);
  }

  /** The state that the next segment begins with, of the sequences that go on in it. */
  private void keepState(Workspace w, PackedSequences sequences, int k, int length) {
    int ran = w.segment.sequences().sequences();
    int next = sequences.liveRows((k + 1) * length);
    if (next > 0) {
      w.states[k + 1] = CellWorkspace.grown(w.states[k + 1], stateSize(next));
      for (int kind = 0; kind < states(); kind++) {
        int from = kind * ran * units();
        int to = kind * next * units();
        System.arraycopy(w.inner.lastState(), from, w.states[k + 1], to, next * units());
      }
    }
  }

  @Override
  public void backward(
      CellWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    Workspace w = (Workspace) workspace;
    if (!isCut(w, sequences)) {
      cell.backward(w.inner, sequences, x, dh, reach, dx, parameters, gradient);
      return;
    }
    CellWorkspace.requireLength("dh", dh, sequences.rows(), units());
    if (dx != null) {
      CellWorkspace.requireLength("dx", dx, sequences.rows(), inputs());
    }
    int last = segmentation.segments(sequences.timeSteps()) - 1;
    w.inner.setCarriesGradient(true);
    // The last segment stands in the workspace as forward left it.
    backwardSegment(w, dh, reach, dx, parameters, gradient);
    for (int k = last - 1; k >= 0; k--) {
      segmentation.open(w.segment, sequences, k);
      boolean left = w.inner.leftGradient();
      if (reach == GradientReach.LAST_ROWS && !left && !w.segment.holdsAnEnd()) {
        w.inner.setCarriesGradient(true);
        clearDx(w, dx);
      } else {
        runSegment(w, k, x, parameters);
        backwardSegment(w, dh, reach, dx, parameters, gradient);
      }
    }
    w.inner.setTruncation(0, null);
    w.inner.setCarriesGradient(false);
  }

  private void clearDx(Workspace w, float[] dx) {
    if (dx != null) {
      int from = w.segment.firstRow() * inputs();
      Arrays.fill(dx, from, from + w.segment.sequences().rows() * inputs(), 0f);
    }
  }

  private void backwardSegment(
      Workspace w,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    PackedSequences sequences = w.segment.sequences();
    w.inner.setTruncation(segmentation.bpttLength(), w.segment.stepsLeft());
    w.dh = CellWorkspace.grown(w.dh, sequences.rows() * units());
    w.segment.copyFrom(dh, units(), w.dh);
    if (reach == GradientReach.LAST_ROWS) {
      clearRowsThatGoOn(w.segment, w.dh);
    }
    float[] segmentDx = null;
    if (dx != null) {
      w.dx = CellWorkspace.grown(w.dx, sequences.rows() * inputs());
      segmentDx = w.dx;
    }
    cell.backward(w.inner, sequences, w.x, w.dh, reach, segmentDx, parameters, gradient);
    if (dx != null) {
      w.segment.copyTo(dx, inputs(), w.dx);
    }
  }

  /** The last row in the segment of a sequence that goes on is none that the layers above read. */
  private void clearRowsThatGoOn(SequenceSegment segment, float[] dh) {
    for (int s = 0; s < segment.sequences().sequences(); s++) {
      if (!segment.holdsEnd(s)) {
        int from = segment.sequences().lastRow(s) * units();
        Arrays.fill(dh, from, from + units(), 0f);
      }
    }
  }

  private static final class Workspace extends CellWorkspace {
    private final CellWorkspace inner;
    private final SequenceSegment segment = new SequenceSegment();

    /** What each segment begins with: (states, its sequences, H). */
    private float[][] states = new float[0][];

    private float[] ownH = new float[0];
    private float[] x = new float[0];
    private float[] dh = new float[0];
    private float[] dx = new float[0];

    Workspace(CellWorkspace inner) {
      this.inner = inner;
    }

    /** Hands on what was set for the runs that follow. */
    private void prepare(PackedSequences sequences) {
      inner.setKeepsForBackward(keepsForBackward());
      inner.setRecurrentMasks(recurrentMasks, maskSequences(sequences));
      inner.setKernelMask(kernelMask);
      inner.setZoneout(zoneoutH, zoneoutC);
    }

    private void growStates(int segments) {
      int before = states.length;
      if (before < segments) {
        states = Arrays.copyOf(states, segments);
        Arrays.fill(states, before, segments, new float[0]);
      }
    }
  }
}
