package sparkrnn.network;

import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;

/**
 * Runs a network whose layers all read forward in time segment by segment, all layers of a segment
 * before the next, so that nothing of width H is held of more time steps than those of a segment.
 *
 * <p>Forward the states of all layers at the begin of every segment are kept. Backward goes through
 * the segments from the last to the first, computes each again from its states, and takes the
 * gradient by the state that it ended in from the one after it.
 *
 * <p>Predictions and gradient are those of the run over whole sequences but for rounding: sums over
 * rows are made segment by segment.
 *
 * <p>Shapes: N packed rows, n those of a segment, S sequences, K outputs.
 */
final class SegmentedPass {

  private final Network network;
  private final Segmentation segmentation;

  SegmentedPass(Network network, Segmentation segmentation) {
    this.network = network;
    this.segmentation = segmentation;
  }

  /** Whether there is more than one segment. */
  boolean cuts(PackedSequences whole) {
    return segmentation.cuts(whole.timeSteps());
  }

  /** Overwrites what the pooling makes of the time steps; without pooling the predictions. */
  void forward(NetworkWorkspace w, PackedSequences whole, float[] x, float[] parameters) {
    SegmentBuffers buffers = w.segments;
    int last = segmentation.segments(whole.timeSteps()) - 1;
    int stateSize = network.stateSize();
    buffers.growStates(whole, segmentation, stateSize);
    network.pooling.beginSegments(w.pooling, whole);
    for (int k = 0; k <= last; k++) {
      segmentation.open(w.segments.segment, whole, k);
      float[] y = runSegment(w, k, x, parameters);
      PackedSequences sequences = buffers.segment.sequences();
      if (k < last) {
        network.copyStates(w, sequences.sequences(), buffers.states, buffers.stateAt[k + 1]);
      }
      network.pooling.forwardSegment(w.pooling, buffers.segment, y, parameters);
      if (network.everyTimeStep()) {
        int K = network.spec().outputs();
        buffers.outputs = NetworkWorkspace.grown(buffers.outputs, sequences.rows() * K);
        network.runHead(w, sequences, sequences.rows(), parameters, buffers.outputs);
        buffers.segment.copyTo(w.predictions, K, buffers.outputs);
      }
    }
    network.pooling.endSegments(w.pooling, whole);
  }

  private float[] runSegment(NetworkWorkspace w, int k, float[] x, float[] parameters) {
    SegmentBuffers buffers = w.segments;
    PackedSequences sequences = buffers.segment.sequences();
    int inputs = network.spec().inputs();
    buffers.x = NetworkWorkspace.grown(buffers.x, sequences.rows() * inputs);
    buffers.segment.copyFrom(x, inputs, buffers.x);
    network.setStates(w, sequences.sequences(), buffers.states, buffers.stateAt[k]);
    return network.throughLayers(w, sequences, buffers.x, parameters);
  }

  /**
   * Adds to the gradient, from the gradient by what the pooling made; without pooling from that by
   * the predictions. Must follow {@link #forward} of the same arguments.
   */
  void backward(
      NetworkWorkspace w, PackedSequences whole, float[] x, float[] parameters, float[] gradient) {
    SegmentBuffers buffers = w.segments;
    int last = segmentation.segments(whole.timeSteps()) - 1;
    boolean fromLastRows = network.pooling.reach() == GradientReach.LAST_ROWS;
    network.pooling.beginBackward(w.pooling, whole);
    setCarriesGradient(w);
    // The last segment stands in the workspace as forward left it.
    backwardSegment(w, w.layers.get(w.layers.size() - 1).y(), parameters, gradient);
    for (int k = last - 1; k >= 0; k--) {
      segmentation.open(w.segments.segment, whole, k);
      boolean left = leftGradient(w);
      if (fromLastRows && !left && !buffers.segment.holdsAnEnd()) {
        setCarriesGradient(w);
      } else {
        backwardSegment(w, runSegment(w, k, x, parameters), parameters, gradient);
      }
    }
    for (int i = 0; i < w.layers.size(); i++) {
      w.layers.get(i).endSegments();
    }
    network.clearStates(w);
  }

  /** Whether the segment before has anything to take over. */
  private static boolean leftGradient(NetworkWorkspace w) {
    boolean left = false;
    for (int i = 0; i < w.layers.size(); i++) {
      left |= w.layers.get(i).leftGradient();
    }
    return left;
  }

  /** From a gradient of zeros on. */
  private static void setCarriesGradient(NetworkWorkspace w) {
    for (int i = 0; i < w.layers.size(); i++) {
      w.layers.get(i).setCarriesGradient();
    }
  }

  private void backwardSegment(
      NetworkWorkspace w, float[] y, float[] parameters, float[] gradient) {
    SegmentBuffers buffers = w.segments;
    PackedSequences sequences = buffers.segment.sequences();
    int rows = sequences.rows();
    int K = network.spec().outputs();
    if (network.everyTimeStep()) {
      buffers.dOutputs = NetworkWorkspace.grown(buffers.dOutputs, rows * K);
      buffers.segment.copyFrom(w.dPredictions, K, buffers.dOutputs);
      network.pooling.forwardSegment(w.pooling, buffers.segment, y, parameters);
      network.readPooled(w, sequences, rows);
      network.backThroughHead(w, sequences, rows, buffers.dOutputs, parameters, gradient);
    }
    w.growLayersBackward(rows, network.layers);
    int top = network.layers.size() - 1;
    network.pooling.backwardSegment(w.pooling, buffers.segment, y, w.dy[top], parameters, gradient);
    for (int i = 0; i <= top; i++) {
      w.layers.get(i).setTruncation(segmentation.bpttLength(), buffers.segment.stepsLeft());
    }
    network.backThroughLayers(w, sequences, buffers.x, parameters, gradient);
  }
}
