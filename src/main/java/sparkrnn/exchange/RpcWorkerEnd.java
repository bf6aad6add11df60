package sparkrnn.exchange;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.TransportConf;

/**
 * The worker's end of the RPC exchange: each call sends an answer and gets the next round. The
 * thread of the connection gives signs of life meanwhile, however long the worker computes.
 */
final class RpcWorkerEnd implements WorkerEnd {

  private static final long FOREVER = Long.MAX_VALUE;

  /** Signs of life in the time after which a worker is given up. */
  private static final int HEARTBEATS = 8;

  private final int worker;
  private final RpcToken token;
  private final ByteBuffer answer;
  private final Round round;
  private final TransportContext context;
  private final TransportClientFactory clients;
  private final TransportClient client;
  private final Peers peers;
  private final WaitingThread waiting = new WaitingThread();
  private final Replies replies = new Replies();
  private final BooleanSupplier replied = replies::hasArrived;
  private final TaskContext task = TaskContext.get();
  private int number = RpcMessages.NONE;

  private RpcWorkerEnd(
      int worker, Connector driver, ContributionShape shape, WorkerProgram<?> program) {
    this.worker = worker;
    this.token = driver.token();
    this.answer = RpcMessages.answerBuffer(shape);
    this.round =
        new Round(
            new float[program.parameterCount()],
            new float[program.stateCount()],
            program.argumentCount(),
            program.partCount(worker));
    this.peers = program.slices().map(slices -> new Peers(worker, slices, token)).orElse(null);
    TransportConf conf = RpcTransport.conf(SparkEnv.get().conf(), 1);
    this.context = new TransportContext(conf, new NoOpRpcHandler(), false);
    this.clients = context.createClientFactory(RpcTransport.clientBootstraps(conf));
    this.client = connect(driver);
  }

  private TransportClient connect(Connector driver) {
    try {
      return clients.createUnmanagedClient(driver.host(), driver.port());
    } catch (IOException unreachable) {
      close();
      throw new ExchangeException(
          String.format(
              Locale.ROOT,
              "Worker %d can't reach the driver at %s:%d; executors must be able to connect to the driver. Set spark.driver.host to an address that they reach, or exchange to \"job\".",
              worker,
              driver.host(),
              driver.port()),
          unreachable);
    } catch (InterruptedException interrupted) {
      close();
      throw new TaskKilledException("the fit was cancelled");
    }
  }

  @Override
  public void introduce(RoundWorker rounds) {
    if (peers != null) {
      rounds.meet(peers);
    }
  }

  @Override
  public Round next(Contribution previous) {
    if (previous == null) {
      beginHeartbeats();
      number = call(introduction());
      if (number == RpcMessages.ROSTER) {
        peers.connect(replies.roster);
        number = call(RpcMessages.connected(token, worker));
      }
    } else {
      RpcMessages.writeAnswer(answer, token, worker, number, previous);
      number = call(answer);
    }
    return number == RpcMessages.NONE ? null : round;
  }

  private ByteBuffer introduction() {
    String address = peers == null ? "" : peers.address();
    return RpcMessages.introduction(token, worker, SparkEnv.get().executorId(), address);
  }

  /** Sends a message and waits for the number of the round that is the reply. */
  private int call(ByteBuffer message) {
    replies.arrived = false;
    client.sendRpc(message, replies);
    waiting.await(replied, FOREVER, this::checkNotCancelled);
    if (replies.failure != null) {
      throw new ExchangeException(
          "Worker " + worker + " lost the driver, or the driver gave the fit up.", replies.failure);
    }
    return replies.number;
  }

  private void beginHeartbeats() {
    long millis = RpcTransport.workerTimeoutMillis(SparkEnv.get().conf()) / HEARTBEATS;
    EventLoop thread = client.getChannel().eventLoop();
    java.util.concurrent.Future<?> unused =
        thread.scheduleAtFixedRate(
            () -> client.send(RpcMessages.heartbeat(token, worker)),
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void checkNotCancelled() {
    if (task.isInterrupted() || Thread.currentThread().isInterrupted()) {
      throw new TaskKilledException("the fit was cancelled");
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    if (peers != null) {
      peers.close();
    }
    clients.close();
    context.close();
  }

  /** Copies rounds out of the network's buffer, in the network's thread. */
  private final class Replies implements RpcResponseCallback {

    private volatile boolean arrived;
    private int number;
    private List<String> roster = List.of();
    private Throwable failure;

    @Override
    public void onSuccess(ByteBuffer response) {
      try {
        number = RpcMessages.readRound(response, round);
        if (number == RpcMessages.ROSTER) {
          roster = RpcMessages.readRoster(response);
        }
      } catch (RuntimeException malformed) {
        failure = malformed;
      }
      arrive();
    }

    @Override
    public void onFailure(Throwable reason) {
      failure = reason;
      arrive();
    }

    private boolean hasArrived() {
      return arrived;
    }

    private void arrive() {
      arrived = true;
      waiting.wake();
    }
  }

  /** Where the driver is. */
  record Connector(String host, int port, RpcToken token) implements WorkerConnector {

    private static final long serialVersionUID = 1L;

    @Override
    public WorkerEnd connect(int worker, ContributionShape shape, WorkerProgram<?> program) {
      return new RpcWorkerEnd(worker, this, shape, program);
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
