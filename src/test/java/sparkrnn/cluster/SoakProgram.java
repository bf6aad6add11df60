package sparkrnn.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fits with kills, stops and checkpoints one after the other until the time is over; prints one
 * line for each: "round kills heap-kilobytes threads descriptors digest", all three of the driver.
 * Arguments: a directory, seconds, a seed.
 */
final class SoakProgram {

  private static final int STOPS = 2;
  private static final int KILLS_OF_ONE_FIT = 1;
  private static final int COLLECTIONS = 5;

  private SoakProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
    long seed = Long.parseLong(arguments[2]);
    try (FaultyFits fits = new FaultyFits(directory.resolve("cluster"))) {
      FaultyFits.Outcome undisturbed = fits.fit(FaultyFits.estimator(), step -> {});
      report(0, fits.kills(), undisturbed.digest());
      for (int round = 1; System.nanoTime() < end; round++) {
        fits.replaceMachines();
        Random random = new Random(seed + round);
        Path checkpoints = directory.resolve("checkpoints");
        FaultyFits.Outcome outcome =
            fits.fitWithStops(checkpoints, random, STOPS, KILLS_OF_ONE_FIT);
        report(round, fits.kills(), outcome.digest());
      }
    }
  }

  private static void report(int round, int kills, String digest) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d %d %d %d %d %s%n",
        round,
        kills,
        heapBytes() / 1024,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        descriptors(),
        digest);
  }

  /** After several collections, between which Spark's cleaner does its work. */
  private static long heapBytes() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (never.await(300, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException();
      }
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
