package sparkrnn.network;

import java.util.Arrays;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;
import sparkrnn.sequence.SequenceSegment;

/** What a {@link SegmentedPass} holds in one thread; of no width H but for the states. */
final class SegmentBuffers {

  final SequenceSegment segment = new SequenceSegment();

  /** The states of all layers at the begin of every segment, one segment after the other. */
  float[] states = new float[0];

  /** Where those of a segment begin. */
  int[] stateAt = new int[0];

  /** (n, inputs). */
  float[] x = new float[0];

  /** (n, K), predictions of the segment. */
  float[] outputs = new float[0];

  /** (n, K), the gradient by them. */
  float[] dOutputs = new float[0];

  /** Makes room for the states; those of the first segment are zero. */
  void growStates(PackedSequences whole, Segmentation segmentation, int stateSize) {
    int length = segmentation.length(whole.timeSteps());
    int segments = segmentation.segments(whole.timeSteps());
    stateAt = stateAt.length >= segments ? stateAt : new int[segments];
    int at = 0;
    for (int k = 0; k < segments; k++) {
      stateAt[k] = at;
      at = Math.addExact(at, Math.multiplyExact(whole.liveRows(k * length), stateSize));
    }
    // A segment hands on the states of all its sequences, not only of those that go on.
    int needed = Math.addExact(at, Math.multiplyExact(whole.sequences(), stateSize));
    states = NetworkWorkspace.grown(states, needed);
    Arrays.fill(states, 0, whole.sequences() * stateSize, 0f);
  }
}
