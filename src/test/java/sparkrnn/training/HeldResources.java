package sparkrnn.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What this process holds at a moment.
 *
 * @param rdds persisted, by their ids
 * @param broadcastsAndBlocksBytes of memory in Spark's block manager
 * @param diskFiles in Spark's local directories: blocks and shuffles
 * @param ports that this process listens on
 * @param threads how many of each name, numbers in names left out
 */
record HeldResources(
    Set<Object> rdds,
    long broadcastsAndBlocksBytes,
    Set<String> diskFiles,
    Set<Integer> ports,
    Map<String, Integer> threads) {

  /** Threads of pools that Spark, the JVM and the tests let grow and shrink as they like. */
  private static final String ELASTIC =
      "Executor task (launch|idle) worker.*|task-result-getter.*|block-manager-.*|broadcast-exchange.*"
          + "|ForkJoinPool.*|.*-JobExecutor.*|subquery-.*|dynamicpruning.*|C[12] CompilerThread.*"
          + "|map-output-dispatcher.*|shuffle-boss.*|Attach Listener|surefire-.*|process reaper.*"
          + "|files-client.*|stop-spark-context|Cleaner-#|IPC .*|junit-.*|RemoteBlock-temp.*"
          + "|CrossValidator-thread-pool.*|pool-\\d+-thread-.*";

  /** What is held now; what only waits for the garbage collector counts too. */
  static HeldResources now(SparkContext context) throws IOException {
    return new HeldResources(
        rdds(context),
        SparkEnv.get().memoryManager().storageMemoryUsed(),
        findDiskFiles(),
        findPorts(),
        countThreads());
  }

  /** The persisted ones by their ids: Spark refers to them weakly, so some may go at any time. */
  static Set<Object> rdds(SparkContext context) {
    return new HashSet<>(CollectionConverters.asJava(context.getPersistentRDDs()).keySet());
  }

  private static Set<String> findDiskFiles() throws IOException {
    Set<String> files = new TreeSet<>();
    for (java.io.File directory : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
      try (Stream<Path> found = Files.walk(directory.toPath())) {
        found.filter(Files::isRegularFile).forEach(file -> files.add(file.toString()));
      }
    }
    return files;
  }

  /** By the kernel's tables of sockets, those that this process has open. */
  private static Set<Integer> findPorts() throws IOException {
    Set<String> sockets = new HashSet<>();
    List<Path> descriptors;
    try (Stream<Path> found = Files.list(Path.of("/proc/self/fd"))) {
      descriptors = found.toList();
    }
    for (Path descriptor : descriptors) {
      if (Files.isSymbolicLink(descriptor)) {
        sockets.add(Files.readSymbolicLink(descriptor).toString());
      }
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        boolean listens = fields.length > 9 && fields[3].equals("0A");
        if (listens && sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Map<String, Integer> countThreads() {
    Map<String, Integer> threads = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (thread.isAlive() && !name.matches(ELASTIC)) {
        threads.merge(name.replaceAll("\\d+", "#"), 1, Integer::sum);
      }
    }
    return threads;
  }

  /** What is held now and was not before, in words; empty if nothing is. */
  List<String> moreThan(HeldResources before) {
    List<String> more = new ArrayList<>();
    add(more, "persisted RDDs", rdds, before.rdds);
    add(more, "files on disk", diskFiles, before.diskFiles);
    add(more, "ports", ports, before.ports);
    if (broadcastsAndBlocksBytes > before.broadcastsAndBlocksBytes) {
      more.add(
          "bytes of blocks: " + broadcastsAndBlocksBytes + ", " + before.broadcastsAndBlocksBytes);
    }
    threads.forEach(
        (name, count) -> {
          if (count > before.threads.getOrDefault(name, 0)) {
            more.add("threads: " + count + " " + name);
          }
        });
    return more;
  }

  private static <T> void add(List<String> more, String what, Set<T> now, Set<T> before) {
    Set<T> left = new HashSet<>(now);
    left.removeAll(before);
    if (!left.isEmpty()) {
      more.add(what + ": " + left);
    }
  }
}
