package sparkrnn.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.TransportConf;

/** The worker's end of the RPC exchange: each call sends an answer and gets the next round. */
final class RpcWorkerEnd implements WorkerEnd {

  private static final long POLL_MILLIS = 500;

  private final int worker;
  private final RpcToken token;
  private final ByteBuffer answer;
  private final Round round;
  private final TransportContext context;
  private final TransportClientFactory clients;
  private final TransportClient client;
  private int number = RpcMessages.NONE;

  private RpcWorkerEnd(
      int worker, Connector driver, ContributionShape shape, WorkerProgram<?> program) {
    this.worker = worker;
    this.token = driver.token();
    this.answer = RpcMessages.answerBuffer(shape);
    this.round = new Round(program.parameterCount(), program.stateCount());
    TransportConf conf = RpcTransport.conf(SparkEnv.get().conf());
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
  public Round next(Contribution previous) {
    RpcMessages.writeAnswer(answer, token, worker, number, previous);
    CompletableFuture<Integer> reply = new CompletableFuture<>();
    client.sendRpc(answer, new ReplyReader(reply, round));
    number = await(reply);
    return number == RpcMessages.NONE ? null : round;
  }

  private int await(CompletableFuture<Integer> reply) {
    while (true) {
      try {
        return reply.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException late) {
        if (TaskContext.get().isInterrupted()) {
          throw new TaskKilledException("the fit was cancelled");
        }
      } catch (ExecutionException lost) {
        throw new ExchangeException(
            "Worker " + worker + " lost the driver, or the driver gave the fit up.",
            lost.getCause());
      } catch (InterruptedException interrupted) {
        throw new TaskKilledException("the fit was cancelled");
      }
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    clients.close();
    context.close();
  }

  /** Copies the round out of the network's buffer, in the network's thread. */
  private record ReplyReader(CompletableFuture<Integer> reply, Round into)
      implements RpcResponseCallback {

    @Override
    public void onSuccess(ByteBuffer response) {
      try {
        reply.complete(RpcMessages.readRound(response, into));
      } catch (RuntimeException malformed) {
        reply.completeExceptionally(malformed);
      }
    }

    @Override
    public void onFailure(Throwable failure) {
      reply.completeExceptionally(failure);
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
