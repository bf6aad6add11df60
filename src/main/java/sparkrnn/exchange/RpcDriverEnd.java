package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/**
 * Receives the workers' answers and holds their calls open until the next round.
 *
 * <p>What a stranger sends (another token, worker, round or length) is refused before anything is
 * allocated or changed, and the connection is closed.
 */
final class RpcDriverEnd extends RpcHandler {

  private static final long REASON_NANOS = 10_000_000_000L;

  private final RpcToken token;
  private final ContributionShape[] shapes;
  private final Contribution[] contributions;
  private final RpcResponseCallback[] waiting;
  private final TransportClient[] connections;
  private final StreamManager streams = new OneForOneStreamManager();
  private int present;
  private int round = RpcMessages.NONE;
  private Throwable failure;
  private ExchangeException lostConnection;
  private long lostConnectionNanos;

  RpcDriverEnd(RpcToken token, ContributionShape[] shapes) {
    this.token = token;
    this.shapes = shapes;
    this.contributions = Arrays.stream(shapes).map(Contribution::new).toArray(Contribution[]::new);
    this.waiting = new RpcResponseCallback[shapes.length];
    this.connections = new TransportClient[shapes.length];
  }

  @Override
  public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
    if (!accept(client, message, callback)) {
      callback.onFailure(new IllegalArgumentException("not a message of a worker of this fit"));
      client.close();
    }
  }

  private synchronized boolean accept(
      TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
    RpcMessages.AnswerHeader header = RpcMessages.readAnswerHeader(message, token);
    if (header == null
        || header.worker() < 0
        || header.worker() >= shapes.length
        || header.round() != round
        || waiting[header.worker()] != null
        || !RpcMessages.fits(message, header, shapes[header.worker()])) {
      return false;
    }
    if (round != RpcMessages.NONE) {
      RpcMessages.readContribution(message, header, contributions[header.worker()]);
    }
    waiting[header.worker()] = callback;
    connections[header.worker()] = client;
    present++;
    notifyAll();
    return true;
  }

  @Override
  public synchronized void channelInactive(TransportClient client) {
    for (int worker = 0; worker < connections.length; worker++) {
      if (connections[worker] == client && lostConnection == null) {
        lostConnection =
            new ExchangeException(
                String.format(
                    Locale.ROOT,
                    "The connection to worker %d at %s was closed.",
                    worker,
                    client.getSocketAddress()));
        lostConnectionNanos = System.nanoTime();
        notifyAll();
      }
    }
  }

  @Override
  public StreamManager getStreamManager() {
    return streams;
  }

  /** Ends every wait, now and later, with this cause; the first one counts. */
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      notifyAll();
    }
  }

  /**
   * Waits until every worker has answered the round before, or, first, has connected.
   *
   * @param missingMillis how long to wait for connections before the first round; answers are
   *     waited for as long as the stage lives
   */
  synchronized List<Contribution> awaitAll(long missingMillis) {
    long deadline = System.nanoTime() + missingMillis * 1_000_000;
    while (present < shapes.length) {
      checkAlive();
      if (round == RpcMessages.NONE && System.nanoTime() > deadline) {
        throw new ExchangeException(
            String.format(
                Locale.ROOT,
                "%d of %d workers have connected to the driver within %d s. Executors must be able to connect to spark.driver.host; look into their logs, or set exchange to \"job\".",
                present,
                shapes.length,
                missingMillis / 1000));
      }
      waitForNews();
    }
    return Arrays.asList(contributions);
  }

  /** A closed connection alone says little: Spark's own word on the stage is waited for a while. */
  private void checkAlive() {
    boolean waitedForSpark =
        lostConnection != null && System.nanoTime() - lostConnectionNanos > REASON_NANOS;
    if (failure != null || waitedForSpark) {
      throw new ExchangeException(
          "A worker of the fit was lost.", failure != null ? failure : lostConnection);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The loop is awaitAll's.
  private void waitForNews() {
    try {
      wait(500);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ExchangeException("The thread of the fit was interrupted.", interrupted);
    }
  }

  /** Answers every waiting call with a message; each worker gets its own view of the bytes. */
  void send(int number, ByteBuffer message) {
    RpcResponseCallback[] calls;
    synchronized (this) {
      calls = waiting.clone();
      Arrays.fill(waiting, null);
      present = 0;
      round = number;
    }
    for (RpcResponseCallback call : calls) {
      if (call != null) {
        call.onSuccess(message.duplicate());
      }
    }
  }

  /** Forgets the connections, so that their end is no failure. */
  synchronized void forgetConnections() {
    Arrays.fill(connections, null);
  }
}
