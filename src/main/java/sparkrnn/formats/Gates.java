package sparkrnn.formats;

/** PyTorch's order of the gates beside Keras', which is ours. */
final class Gates {

  private Gates() {}

  /**
   * Swaps the blocks of rows of the update and the reset gate, in place: Keras' z r h is PyTorch's
   * r z n.
   *
   * @param values (3 units, width), row-major, from {@code from} on
   */
  static void swapUpdateAndReset(float[] values, int from, int units, int width) {
    int block = units * width;
    for (int i = 0; i < block; i++) {
      float update = values[from + i];
      values[from + i] = values[from + block + i];
      values[from + block + i] = update;
    }
  }
}
