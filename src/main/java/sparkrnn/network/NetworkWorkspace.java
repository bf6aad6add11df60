package sparkrnn.network;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.layer.ChainLattice;
import sparkrnn.layer.LinearChainCrf;
import sparkrnn.layer.OutputDropout;
import sparkrnn.layer.PoolingWorkspace;
import sparkrnn.layer.Recurrent;
import sparkrnn.layer.RecurrentWorkspace;
import sparkrnn.sequence.PackedSequences;

/** The buffers of one network in one thread. */
public final class NetworkWorkspace {

  final List<RecurrentWorkspace> layers = new ArrayList<>();
  final PoolingWorkspace pooling = new PoolingWorkspace();
  final OutputDropout.Workspace outputDropout = new OutputDropout.Workspace();

  final SegmentBuffers segments = new SegmentBuffers();

  /** What the head saw in the last run. */
  float[] headInput = new float[0];

  float[] embedded = new float[0];
  float[] dEmbedded = new float[0];
  float[] predictions = new float[0];
  float[] dPredictions = new float[0];
  final float[][] dy;

  /** Null without a CRF. */
  final ChainLattice lattice;

  NetworkWorkspace(List<Recurrent> layers, LinearChainCrf crf) {
    lattice = crf == null ? null : crf.newWorkspace();
    for (Recurrent layer : layers) {
      this.layers.add(layer.newWorkspace());
    }
    dy = new float[layers.size()][0];
  }

  /**
   * (sequences, outputs), row-major, packed order; without pooling (packed rows, outputs); longer
   * than needed is possible.
   */
  public float[] predictions() {
    return predictions;
  }

  /**
   * (sequences, width of the encodings), row-major, packed order, of the last {@link
   * Network#encode}; longer than needed is possible.
   */
  public float[] encodings() {
    return pooling.pooled();
  }

  /**
   * The weight of each time step of a sequence in the last forward run of a network that pools by
   * attention; a new array.
   *
   * @param sequences of that run
   * @param sequence its place in the packed order
   */
  public float[] attention(PackedSequences sequences, int sequence) {
    float[] weights = new float[sequences.length(sequence)];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = pooling.attention()[sequences.firstRow(t) + sequence];
    }
    return weights;
  }

  /**
   * As {@link sparkrnn.cell.CellWorkspace#setGradientNorms} of one cell, in the runs of {@link
   * Network#addGradient} that follow. The rows of a cell that reads backward in time are those of
   * the mirrored sequences.
   *
   * @param direction 0, or 1 for the cell that reads backward in time
   */
  public void setGradientNorms(int layer, int direction, double[] norms) {
    layers.get(layer).setGradientNorms(direction, norms);
  }

  void growEmbedded(int size) {
    embedded = grown(embedded, size);
  }

  void growEmbeddedGradient(int size) {
    dEmbedded = grown(dEmbedded, size);
  }

  void growForward(int headRows, int outputs) {
    predictions = grown(predictions, headRows * outputs);
  }

  void growPredictionsBackward(int headRows, int outputs) {
    dPredictions = grown(dPredictions, headRows * outputs);
  }

  void growHeadBackward(int headRows, List<Recurrent> layers) {
    pooling.growBackward(headRows * layers.get(layers.size() - 1).outputs());
  }

  void growLayersBackward(int rows, List<Recurrent> layers) {
    for (int i = 0; i < layers.size(); i++) {
      dy[i] = grown(dy[i], rows * layers.get(i).outputs());
    }
  }

  static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }
}
