package sparkrnn.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/** Wall-clock seconds of the parts of a run, one after the other. */
final class RunClock {

  private static final double NANOS = 1e9;

  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** The part that ends here. */
  void ended(String part) {
    long now = System.nanoTime();
    seconds.put(part, (now - last) / NANOS);
    last = now;
  }

  /** The parts in their order. */
  Map<String, Double> seconds() {
    return seconds;
  }
}
