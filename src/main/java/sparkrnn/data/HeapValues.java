package sparkrnn.data;

/** Values in contiguous float blocks on the heap; a sequence lies whole in one. */
final class HeapValues implements SequenceValues {

  private static final long serialVersionUID = 1L;

  private final float[][] blocks;
  private final int[] block;
  private final int[] offset;

  /**
   * @param block which block each sequence lies in
   * @param offset its first place there
   */
  HeapValues(float[][] blocks, int[] block, int[] offset) {
    this.blocks = blocks;
    this.block = block;
    this.offset = offset;
  }

  /** {@inheritDoc} They are referred to, not copied. */
  @Override
  public void addTo(ShardBuffer shard, int sequence, int fromStep, int steps) {
    int from = offset[sequence] + fromStep * shard.features();
    shard.add(blocks[block[sequence]], from, steps);
  }

  @Override
  public long heapBytes() {
    long floats = 0;
    for (float[] each : blocks) {
      floats += each.length;
    }
    return Float.BYTES * floats;
  }
}
