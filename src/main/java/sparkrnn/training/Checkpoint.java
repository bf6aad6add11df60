package sparkrnn.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import sparkrnn.exchange.Round;
import sparkrnn.optim.Optimizer;

/**
 * The state of a fit between two training steps: the flat arrays "parameters", "states" (what
 * sequences that are read piece by piece have carried so far), "best", "optimizer/..." and, where
 * gradients wait for their step, "accumulated", and the {@link TrainingProgress}.
 */
final class Checkpoint {

  private static final String OPTIMIZER = "optimizer/";
  private static final int CHUNK_NUMBERS = 1 << 14;

  private final TrainingProgress progress;
  private final Round round;
  private final Optimizer optimizer;
  private final EarlyStopping stopping;

  /** Of these, which stay live. */
  Checkpoint(TrainingProgress progress, Round round, Optimizer optimizer, EarlyStopping stopping) {
    this.progress = progress;
    this.round = round;
    this.optimizer = optimizer;
    this.stopping = stopping;
  }

  /** The live arrays by name, in a fixed order. */
  Map<String, float[]> arrays() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put("parameters", round.parameters);
    arrays.put("states", round.states);
    arrays.put("best", stopping.best());
    if (progress.accumulated.length > 0) {
      arrays.put("accumulated", progress.accumulated);
    }
    optimizer.state().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    return arrays;
  }

  /** All that is no array, as text by name. */
  Map<String, String> text() {
    Map<String, String> text = new TreeMap<>(progress.text());
    text.put("optimizerSteps", String.valueOf(optimizer.steps()));
    text.put("bestEpoch", String.valueOf(stopping.bestEpoch()));
    text.put("bestLoss", String.valueOf(stopping.bestLoss()));
    text.put("waited", String.valueOf(stopping.waited()));
    return text;
  }

  /**
   * Goes on from what was saved: checks everything, then takes it over; where a check fails nothing
   * is changed.
   *
   * @param text as {@link #text}
   * @param saved as {@link #arrays}, with the same names and lengths
   * @param fit the one that goes on
   * @throws IllegalArgumentException if they are not those of a fit like this; the message begins
   *     in the middle of a sentence: "it ..."
   */
  void become(Map<String, String> text, Map<String, float[]> saved, FitLength fit) {
    CheckpointText reader = new CheckpointText(text);
    TrainingProgress read = TrainingProgress.of(reader, fit);
    int bestEpoch = reader.wholeNumber("bestEpoch", 0, read.epoch);
    int waited = reader.wholeNumber("waited", 0, read.epoch);
    double bestLoss = reader.number("bestLoss");
    long steps = reader.wholeNumber("optimizerSteps", 0, read.steps);
    Map<String, float[]> state = new LinkedHashMap<>();
    saved.forEach(
        (name, array) -> {
          if (name.startsWith(OPTIMIZER)) {
            state.put(name.substring(OPTIMIZER.length()), array);
          }
        });
    optimizer.restore(steps, state);
    stopping.restore(bestEpoch, bestLoss, waited, saved.get("best"));
    copy(saved.get("parameters"), round.parameters);
    copy(saved.get("states"), round.states);
    if (progress.accumulated.length > 0) {
      copy(saved.get("accumulated"), progress.accumulated);
    }
    progress.become(read);
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  /** A checksum of texts and arrays, by which damage is found that left the file its form. */
  static String checksum(Map<String, String> text, Map<String, float[]> arrays) {
    CRC32C checksum = new CRC32C();
    checksum.update(new TreeMap<>(text).toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_NUMBERS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new TreeMap<>(arrays)
        .forEach(
            (name, array) -> {
              for (int at = 0; at < array.length; at += CHUNK_NUMBERS) {
                int count = Math.min(CHUNK_NUMBERS, array.length - at);
                chunk.asFloatBuffer().put(array, at, count);
                checksum.update(chunk.array(), 0, count * Float.BYTES);
              }
            });
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }
}
