package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/**
 * For clusters: workers call the driver over Spark's own network library and get the next round as
 * the reply. Half a millisecond for a small network, where a Spark job costs ten or more.
 */
public final class RpcExchange implements Exchange {

  private static final long CONNECT_MILLIS = 120_000;
  private static final long END_MILLIS = 30_000;

  private final TransportContext transport;
  private final TransportServer server;
  private final RpcDriverEnd driver;
  private final BarrierStage stage;

  /** Two, because the network may still be writing the one before. */
  private final ByteBuffer[] messages;

  private int number;
  private boolean connected;
  private boolean closed;

  /** Opens a port on the driver and starts a worker for each partition of shares. */
  public <S> RpcExchange(JavaRDD<S> shares, WorkerProgram<S> program) {
    SparkContext context = shares.context();
    RpcToken token = RpcToken.random();
    this.driver =
        new RpcDriverEnd(
            token,
            IntStream.range(0, shares.getNumPartitions())
                .mapToObj(program::shape)
                .toArray(ContributionShape[]::new));
    this.messages =
        new ByteBuffer[] {
          RpcMessages.roundBuffer(program.parameterCount(), program.stateCount()),
          RpcMessages.roundBuffer(program.parameterCount(), program.stateCount())
        };
    SparkConf conf = context.getConf();
    TransportConf transportConf = RpcTransport.conf(conf);
    this.transport = new TransportContext(transportConf, driver);
    String host = conf.get("spark.driver.host");
    this.server =
        transport.createServer(
            conf.get("spark.driver.bindAddress", host),
            0,
            RpcTransport.serverBootstraps(transportConf));
    this.stage =
        BarrierStage.start(
            shares, program, new RpcWorkerEnd.Connector(host, server.getPort(), token));
    stage.onFailure(driver::fail);
  }

  @Override
  public String name() {
    return "rpc";
  }

  @Override
  public List<Contribution> round(Round round) {
    if (!connected) {
      driver.awaitAll(CONNECT_MILLIS);
      connected = true;
    }
    ByteBuffer message = messages[number & 1];
    RpcMessages.writeRound(message, number, round);
    driver.send(number, message);
    number++;
    return driver.awaitAll(CONNECT_MILLIS);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    driver.forgetConnections();
    driver.send(RpcMessages.NONE, RpcMessages.farewell());
    stage.awaitEnd(END_MILLIS);
    server.close();
    transport.close();
  }
}
