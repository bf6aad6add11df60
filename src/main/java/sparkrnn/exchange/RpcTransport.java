package sparkrnn.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import scala.Tuple2;

/**
 * The settings of the connection between driver and workers: those of the Spark application, so
 * that its secret (spark.authenticate) and encryption (spark.network.crypto.enabled) hold here too.
 */
final class RpcTransport {

  /** How long a worker that computes may give no sign of life: a setting of the application. */
  static final String WORKER_TIMEOUT = "spark.rnn.worker.timeout";

  /** The first port to try; 0 for any that is free. */
  private static final String PORT = "spark.rnn.port";

  /** The same of workers that reach each other. */
  private static final String WORKER_PORT = "spark.rnn.worker.port";

  /** Spark's name of the executor inside the driver, in local mode. */
  private static final String DRIVER = "driver";

  private static final String MODULE = "rnn";
  private static final int STRANGER_MILLIS = 30_000;
  private static final int LAST_PORT = 65_535;

  private RpcTransport() {}

  /**
   * The settings of one end.
   *
   * @param connections how many this end will have
   */
  static TransportConf conf(SparkConf conf, int connections) {
    Map<String, String> settings = new HashMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1(), setting._2());
    }
    // A worker waits in silence while others compute. That a peer is gone is seen by the closed
    // connection and by the heartbeats of the workers, not by silence.
    settings.putIfAbsent("spark." + MODULE + ".io.connectionTimeout", "86400s");
    settings.putIfAbsent("spark." + MODULE + ".io.connectionCreationTimeout", "30s");
    int threads = Math.min(connections, Math.max(2, Runtime.getRuntime().availableProcessors()));
    settings.putIfAbsent("spark." + MODULE + ".io.serverThreads", String.valueOf(threads));
    settings.putIfAbsent("spark." + MODULE + ".io.clientThreads", "1");
    return new TransportConf(MODULE, new MapConfigProvider(settings));
  }

  /**
   * How long a worker that computes may give no sign of life, by the settings of the application.
   *
   * @throws IllegalArgumentException if it is less than a second
   */
  static long workerTimeoutMillis(SparkConf conf) {
    long seconds = conf.getTimeAsSeconds(WORKER_TIMEOUT, "60s");
    if (seconds < 1) {
      throw new IllegalArgumentException(
          WORKER_TIMEOUT + " is " + conf.get(WORKER_TIMEOUT) + "; it must be at least 1s.");
    }
    return 1000 * seconds;
  }

  /**
   * Opens a port of the driver: any that is free, or, for firewalls, that of the settings or one of
   * those that follow it, as Spark does with its own.
   *
   * @throws PortTakenException if all of them are taken
   */
  static TransportServer listen(TransportContext context, String address, SparkConf conf) {
    try {
      return listen(
          context,
          address,
          conf,
          PORT,
          "The driver can't listen on %s, ports %d to %d (%s). Set spark.driver.bindAddress to an address of this machine, %s to ports that are free, or exchange to \"job\".");
    } catch (ExchangeException taken) {
      throw new PortTakenException(taken.getMessage(), taken.getCause());
    }
  }

  /**
   * Opens a port of an executor, on the address by which Spark's own blocks are fetched from it.
   *
   * @throws ExchangeException if all of them are taken
   */
  static TransportServer listenAsWorker(
      TransportContext context, int worker, String address, SparkConf conf) {
    boolean driver = SparkEnv.get().executorId().equals(DRIVER);
    return listen(
        context,
        driver ? conf.get("spark.driver.bindAddress", address) : address,
        conf,
        WORKER_PORT,
        "Worker "
            + worker
            + " can't listen on %s, ports %d to %d (%s). Set %s to ports that are free on all machines, or exchange to \"rpc\".");
  }

  /**
   * Asks at the driver, before training, what executors would find out one after the other.
   *
   * @throws IllegalArgumentException if the port of the workers is none
   */
  static void checkWorkerPort(SparkConf conf) {
    int unused = port(conf, WORKER_PORT);
  }

  private static int port(SparkConf conf, String setting) {
    int port = conf.getInt(setting, 0);
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %d; it must be a port, 1 to %d, or 0 for any that is free.",
              setting,
              port,
              LAST_PORT));
    }
    return port;
  }

  private static TransportServer listen(
      TransportContext context, String address, SparkConf conf, String setting, String sentence) {
    int first = port(conf, setting);
    int retries = first == 0 ? 0 : conf.getInt("spark.port.maxRetries", 16);
    int last = Math.min(first + retries, LAST_PORT);
    List<TransportServerBootstrap> bootstraps = serverBootstraps(context.getConf());
    for (int port = first; ; port++) {
      try {
        return context.createServer(address, port, bootstraps);
      } catch (Exception taken) {
        // Netty's BindException comes through Spark undeclared.
        if (port == last) {
          throw new ExchangeException(
              String.format(
                  Locale.ROOT, sentence, address, first, port, taken.getMessage(), setting),
              taken);
        }
      }
    }
  }

  /** What is done to a new connection before it is used: guard it, then Spark's own. */
  private static List<TransportServerBootstrap> serverBootstraps(TransportConf conf) {
    SparkEnv env = SparkEnv.get();
    TransportServerBootstrap guard =
        (channel, handler) -> {
          channel.pipeline().addLast(new FrameGuard(STRANGER_MILLIS));
          return handler;
        };
    return env.securityManager().isAuthenticationEnabled()
        ? List.of(guard, new AuthServerBootstrap(conf, env.securityManager()))
        : List.of(guard);
  }

  static List<TransportClientBootstrap> clientBootstraps(TransportConf conf) {
    SparkEnv env = SparkEnv.get();
    return env.securityManager().isAuthenticationEnabled()
        ? List.of(new AuthClientBootstrap(conf, env.conf().getAppId(), env.securityManager()))
        : List.of();
  }
}
