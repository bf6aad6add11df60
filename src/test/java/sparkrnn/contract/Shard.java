package sparkrnn.contract;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.sequence.PackedSequences;

/**
 * A shard for tests: its shape, and rows seen packed or sequence by sequence.
 *
 * @param lengths longest first
 */
public record Shard(int[] lengths) {

  /** Lengths up to {@code longest}, which is among them, as is 1. */
  public static Shard draw(Random random, int sequences, int longest) {
    int[] ascending = new int[sequences];
    for (int s = 0; s < sequences; s++) {
      ascending[s] = 1 + random.nextInt(longest);
    }
    ascending[0] = 1;
    ascending[sequences - 1] = longest;
    Arrays.sort(ascending);
    int[] lengths = new int[sequences];
    for (int s = 0; s < sequences; s++) {
      lengths[s] = ascending[sequences - 1 - s];
    }
    return new Shard(lengths);
  }

  public PackedSequences packed() {
    return PackedSequences.of(lengths);
  }

  /** How many rows there are. */
  public int rows() {
    return Arrays.stream(lengths).sum();
  }

  /** The number of time steps of the longest sequence. */
  public int longest() {
    return Arrays.stream(lengths).max().orElse(0);
  }

  /** The packed row of a time step of a sequence, counted without PackedSequences. */
  public int row(int sequence, int t) {
    int row = sequence;
    for (int before = 0; before < t; before++) {
      for (int length : lengths) {
        row += length > before ? 1 : 0;
      }
    }
    return row;
  }

  /** The rows (length, columns) of one sequence. */
  public double[][] sequence(int sequence, double[] packed, int columns) {
    double[][] rows = new double[lengths[sequence]][];
    for (int t = 0; t < rows.length; t++) {
      int from = row(sequence, t) * columns;
      rows[t] = Arrays.copyOfRange(packed, from, from + columns);
    }
    return rows;
  }

  /** Writes the rows of one sequence to their packed places. */
  public void pack(int sequence, double[][] rows, double[] packed) {
    for (int t = 0; t < rows.length; t++) {
      System.arraycopy(rows[t], 0, packed, row(sequence, t) * rows[t].length, rows[t].length);
    }
  }

  /** The rows of one sequence, one after the other, as a shard of it alone has them. */
  public float[] alone(int sequence, float[] packed, int columns) {
    float[] rows = new float[lengths[sequence] * columns];
    for (int t = 0; t < lengths[sequence]; t++) {
      System.arraycopy(packed, row(sequence, t) * columns, rows, t * columns, columns);
    }
    return rows;
  }

  /** A copy of packed rows with {@code value} in all but the last row of each sequence. */
  public float[] lastRowsOnly(float[] packed, int columns, float value) {
    float[] copy = new float[packed.length];
    Arrays.fill(copy, value);
    for (int s = 0; s < lengths.length; s++) {
      int from = row(s, lengths[s] - 1) * columns;
      System.arraycopy(packed, from, copy, from, columns);
    }
    return copy;
  }
}
