package sparkrnn.network;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import sparkrnn.sequence.PackedSequences;

/**
 * The sequences of a fixture as our kernels take them.
 *
 * @param places of each packed sequence in the fixture
 * @param x (rows, inputs), packed
 * @param targets (sequences, outputs), packed order
 * @param weights (sequences), packed order
 */
record ParityBatch(
    PackedSequences sequences, int[] places, float[] x, float[] targets, float[] weights) {

  /** Packs one of several batches that lie one behind the other. */
  static ParityBatch pack(ParityFixture fixture, int batch, int batches) {
    int[] lengths = fixture.numbers("lengths");
    int[] places =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(place -> -lengths[place]))
            .mapToInt(Integer::intValue)
            .toArray();
    PackedSequences sequences =
        PackedSequences.of(Arrays.stream(places).map(place -> lengths[place]).toArray());
    return new ParityBatch(
        sequences,
        places,
        packRows(sequences, places, lengths, part(fixture.values("x"), batch, batches)),
        inOrder(places, part(fixture.targets(), batch, batches)),
        inOrder(places, part(fixture.values("weights"), batch, batches)));
  }

  private static float[] part(float[] values, int part, int parts) {
    int size = values.length / parts;
    return Arrays.copyOfRange(values, part * size, (part + 1) * size);
  }

  private static float[] packRows(
      PackedSequences sequences, int[] places, int[] lengths, float[] x) {
    int inputs = x.length / sequences.rows();
    float[] packed = new float[x.length];
    for (int s = 0; s < places.length; s++) {
      int first = Arrays.stream(lengths, 0, places[s]).sum();
      for (int t = 0; t < sequences.length(s); t++) {
        int row = sequences.firstRow(t) + s;
        System.arraycopy(x, (first + t) * inputs, packed, row * inputs, inputs);
      }
    }
    return packed;
  }

  private static float[] inOrder(int[] places, float[] values) {
    int width = values.length / places.length;
    float[] ordered = new float[values.length];
    for (int s = 0; s < places.length; s++) {
      System.arraycopy(values, places[s] * width, ordered, s * width, width);
    }
    return ordered;
  }

  /** Rows (sequences, width) of the packed order in the order of the fixture. */
  float[] inFixtureOrder(float[] packed, int width) {
    float[] values = new float[places.length * width];
    for (int s = 0; s < places.length; s++) {
      System.arraycopy(packed, s * width, values, places[s] * width, width);
    }
    return values;
  }

  double weightSum() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
