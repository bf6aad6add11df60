package sparkrnn.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What else there is to say of an input partition, travelling among the encoded rows: how many rows
 * were skipped (counted exactly even where a task runs twice, which accumulators are not), or why a
 * row can't be used (reported once, by the driver, without failed tasks and their stack traces).
 *
 * <pre>  int 0 (no row has 0 time steps) | long skipped | the sentence in UTF-8  </pre>
 */
final class EncodingNote {

  private static final int SENTENCE_PLACE = Integer.BYTES + Long.BYTES;

  private EncodingNote() {}

  static byte[] skipped(long rows) {
    return of(rows, "");
  }

  static byte[] problem(String sentence) {
    return of(0, sentence);
  }

  private static byte[] of(long rows, String sentence) {
    byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(SENTENCE_PLACE + text.length)
        .putInt(0)
        .putLong(rows)
        .put(text)
        .array();
  }

  static boolean is(byte[] row) {
    return EncodedRow.timeSteps(row) == 0;
  }

  /** What one row or note adds to a census. */
  static PartitionCensus censusOf(byte[] row) {
    if (is(row)) {
      String sentence =
          new String(row, SENTENCE_PLACE, row.length - SENTENCE_PLACE, StandardCharsets.UTF_8);
      return new PartitionCensus(0, 0, ByteBuffer.wrap(row).getLong(Integer.BYTES), 0, 0, sentence);
    }
    boolean validation = EncodedRow.validation(row);
    return new PartitionCensus(
        validation ? 0 : 1,
        validation ? 1 : 0,
        0,
        EncodedRow.features(row),
        EncodedRow.outputs(row),
        "");
  }
}
