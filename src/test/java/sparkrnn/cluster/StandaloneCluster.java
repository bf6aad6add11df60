package sparkrnn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** A master and workers of one core each as processes of their own, on the loopback address. */
final class StandaloneCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long START_SECONDS = 60;
  private static final long POLL_MILLIS = 100;

  private final Path directory;
  private final Map<String, String> environment;
  private final List<Process> workers = new ArrayList<>();
  private final int port;
  private final Process master;

  private StandaloneCluster(Path directory) throws IOException {
    this.directory = directory;
    // What a worker looks for when Spark is not installed: a home with jars in it.
    Path home = directory.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    this.environment =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            HOST,
            "LOG4J_CONFIGURATION_FILE",
            logConfiguration(directory).toString());
    this.port = freePort();
    this.master =
        JavaProcess.start(
            directory.resolve("master.log"),
            environment,
            // An application whose executors are killed again and again is not thrown out.
            List.of("-Xmx512m", "-Dspark.deploy.maxExecutorRetries=-1"),
            Master.class,
            "--host",
            HOST,
            "--port",
            String.valueOf(port),
            "--webui-port",
            "0");
  }

  /** The daemons' logs are how it is known that they are ready. */
  private static Path logConfiguration(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("log4j2.properties"),
        """
        rootLogger.level = info
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
        """);
  }

  /** Starts a cluster whose logs go to a directory, and waits until it is whole. */
  static StandaloneCluster start(Path directory, int workers)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(directory);
    try {
      await(cluster.master, directory.resolve("master.log"), "New state: ALIVE");
      for (int worker = 0; worker < workers; worker++) {
        cluster.addWorker();
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  /** Starts one more worker and waits until the master knows it. */
  void addWorker() throws IOException, InterruptedException {
    String log = "worker-" + workers.size() + ".log";
    Process worker =
        JavaProcess.start(
            directory.resolve(log),
            environment,
            List.of("-Xmx512m"),
            Worker.class,
            "--host",
            HOST,
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            directory.resolve("work-" + workers.size()).toString(),
            url());
    workers.add(worker);
    await(worker, directory.resolve(log), "Successfully registered with master");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Polls a log: nothing else tells from outside that a Spark daemon is ready. */
  private static void await(Process daemon, Path log, String sentence)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.readString(log).contains(sentence)) {
      if (daemon.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "\"" + sentence + "\" is not in:\n" + Files.readString(log));
      }
    }
  }

  /** For --master. */
  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** The executors that run now: a worker has no other children. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.toHandle().children()).toList();
  }

  /** The workers that run now. */
  List<ProcessHandle> workers() {
    return workers.stream().filter(Process::isAlive).map(Process::toHandle).toList();
  }

  /** Kills a process by SIGKILL and waits until it is gone. */
  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Kills a worker and then its executors, as where a machine is lost. */
  static void killMachine(ProcessHandle worker) {
    List<ProcessHandle> executors = worker.children().toList();
    kill(worker);
    executors.forEach(StandaloneCluster::kill);
  }

  @Override
  public void close() {
    executors().forEach(ProcessHandle::destroyForcibly);
    workers.forEach(Process::destroyForcibly);
    master.destroyForcibly();
  }
}
