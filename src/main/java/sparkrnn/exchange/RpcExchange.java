package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/**
 * For clusters: workers call the driver over Spark's own network library and get the next round as
 * the reply. Half a millisecond for a small network, where a Spark job costs ten or more. Where the
 * program shares the parameters by {@link Slices}, workers reach each other too.
 */
public final class RpcExchange implements Exchange {

  /**
   * Half an hour. A worker that can't connect says so by itself, much earlier; one in the place of
   * a lost one packs its sequences first, and gigabytes of them take minutes.
   */
  private static final long CONNECT_NANOS = 1_800_000_000_000L;

  private static final long POLL_NANOS = 500_000_000;
  private final SparkContext context;
  private final RpcToken token;
  private final TransportContext transport;
  private final TransportServer server;
  private final RpcDriverEnd driver;
  private final BarrierStage stage;
  private final WorkerProgram<?> program;

  /** Two, because the network may still be writing the one before. */
  private final ByteBuffer[] messages;

  private int number;
  private boolean introduced;
  private boolean connected;
  private boolean failed;
  private boolean closed;

  /** Opens a port on the driver and starts a worker for each partition of shares. */
  public <S> RpcExchange(JavaRDD<S> shares, WorkerProgram<S> program) {
    this.context = shares.context();
    SparkConf conf = context.getConf();
    if (program.slices().isPresent()) {
      RpcTransport.checkWorkerPort(conf);
    }
    this.token = RpcToken.random();
    this.driver =
        new RpcDriverEnd(
            token,
            IntStream.range(0, shares.getNumPartitions())
                .mapToObj(program::shape)
                .toArray(ContributionShape[]::new),
            RpcTransport.workerTimeoutMillis(conf));
    this.messages =
        new ByteBuffer[] {RpcMessages.roundBuffer(program, 0), RpcMessages.roundBuffer(program, 0)};
    this.program = program;
    TransportConf transportConf = RpcTransport.conf(conf, shares.getNumPartitions());
    this.transport = new TransportContext(transportConf, driver);
    String host = conf.get("spark.driver.host");
    this.server = RpcTransport.listen(transport, conf.get("spark.driver.bindAddress", host), conf);
    this.stage =
        BarrierStage.start(
            shares, program, new RpcWorkerEnd.Connector(host, server.getPort(), token));
    stage.onFailure(driver::fail);
  }

  /** Where workers call. */
  int port() {
    return server.getPort();
  }

  /** What its workers show. */
  RpcToken token() {
    return token;
  }

  @Override
  public String name() {
    return program.slices().isPresent() ? "sharded" : "rpc";
  }

  @Override
  public boolean awaitStart(long millis) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long connectDeadline = Long.MAX_VALUE;
    while (!connected && !awaitConnected()) {
      long now = System.nanoTime();
      if (connectDeadline == Long.MAX_VALUE) {
        if (stage.started()) {
          connectDeadline = now + CONNECT_NANOS;
        } else if (now > deadline) {
          return false;
        }
      } else if (now > connectDeadline) {
        failed = true;
        throw unconnected();
      }
    }
    connected = true;
    return true;
  }

  private boolean awaitConnected() {
    try {
      if (driver.awaitConnected(POLL_NANOS)) {
        return program.slices().isEmpty() || awaitRoster();
      }
      return false;
    } catch (ExchangeException lost) {
      failed = true;
      throw stage.inItsWords(lost);
    }
  }

  /** Where workers reach each other they have to be told where; true when they are connected. */
  private boolean awaitRoster() {
    if (!introduced) {
      introduced = true;
      driver.sendRoster();
    }
    return driver.awaitConnected(POLL_NANOS);
  }

  private ExchangeException unconnected() {
    List<Integer> missing = driver.unconnected();
    return new ExchangeException(
        String.format(
            Locale.ROOT,
            "%d of %d workers (%s) have not connected to the driver within %d s of their start. Executors must be able to connect to spark.driver.host; look into their logs, or set exchange to \"job\".",
            missing.size(),
            driver.workers(),
            missing.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            CONNECT_NANOS / 1_000_000_000));
  }

  @Override
  public List<Contribution> round(Round round) {
    while (!connected) {
      awaitStart(Long.MAX_VALUE / 2_000_000);
    }
    ByteBuffer message = messages[number & 1];
    RpcMessages.writeRound(message, number, round);
    if (round.hasParts) {
      driver.send(number, worker -> withPart(worker, round));
    } else {
      driver.send(number, message);
    }
    number++;
    try {
      return driver.awaitAnswers();
    } catch (SilentWorkerException silent) {
      failed = true;
      // It keeps its slot for as long as Spark believes in it, and a new stage would wait for that.
      context.killAndReplaceExecutor(silent.executor());
      throw silent;
    } catch (ExchangeException lost) {
      failed = true;
      throw stage.inItsWords(lost);
    }
  }

  /** Such rounds are rare and large: their buffers are not kept. */
  private ByteBuffer withPart(int worker, Round round) {
    ByteBuffer message = RpcMessages.roundBuffer(program, program.partCount(worker));
    RpcMessages.writeRound(message, number, round);
    RpcMessages.writePart(message, worker, round.parts);
    return message;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    driver.sendFarewell();
    stage.end(failed || !connected);
    server.close();
    transport.close();
  }
}
