package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How streams laid end to end are cut into lanes of equal length.
 *
 * <pre>
 *   lane i reads tokens i T to (i+1) T - 1 and predicts tokens i T + 1 to (i+1) T
 *   T = (tokens - 1) / lanes, rounded down; what is left at the end, fewer tokens than lanes, goes
 * </pre>
 *
 * <p>Source: batchify of PyTorch's word_language_model; our deviation is that the last token of a
 * lane predicts the first one of the next.
 *
 * @param lanes at least 1
 * @param steps T; 0 without tokens
 */
record LanePlan(int lanes, int steps) implements Serializable {

  static LanePlan of(long tokens, int lanes) {
    return new LanePlan(lanes, Math.toIntExact(Math.max(0, (tokens - 1) / lanes)));
  }

  /**
   * A part of a lane.
   *
   * @param lane from 0
   * @param at its first place in the lane, of T + 1 places
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Piece(int lane, int at, int[] ids) implements Serializable {}

  /**
   * The pieces of lanes that tokens fall into.
   *
   * @param position of the first of them among all tokens
   * @param from the first of them in ids
   * @param to after the last of them in ids
   */
  List<Piece> pieces(long position, int[] ids, int from, int to) {
    List<Piece> pieces = new ArrayList<>();
    if (steps == 0) {
      return pieces;
    }
    long end = position + (to - from);
    // The last place of a lane is the first of the next: a token there falls into both.
    int first = (int) Math.max(0, (position - 1) / steps);
    for (int lane = first; lane < lanes && (long) lane * steps < end; lane++) {
      long laneStart = (long) lane * steps;
      long begin = Math.max(position, laneStart);
      long stop = Math.min(end, laneStart + steps + 1);
      if (begin < stop) {
        int source = from + (int) (begin - position);
        int[] part = new int[(int) (stop - begin)];
        System.arraycopy(ids, source, part, 0, part.length);
        pieces.add(new Piece(lane, (int) (begin - laneStart), part));
      }
    }
    return pieces;
  }
}
