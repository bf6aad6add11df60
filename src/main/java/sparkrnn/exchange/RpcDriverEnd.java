package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
  private static final long FOREVER = Long.MAX_VALUE;

  /** Longer than this the driver itself did not run, and workers could not be heard. */
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final RpcToken token;
  private final RpcSeat[] seats;
  private final List<Contribution> contributions;
  private final long longestFrame;
  private final long silenceNanos;
  private final StreamManager streams = new OneForOneStreamManager();
  private final AtomicInteger missing;
  private final WaitingThread waiting = new WaitingThread();
  private final BooleanSupplier answered = this::isAnswered;
  private final Runnable check = this::checkAlive;
  private volatile int round = RpcMessages.NONE;
  private volatile boolean over;
  private volatile Throwable failure;
  private volatile ExchangeException lostConnection;
  private volatile long lostConnectionNanos;
  private long checkedNanos;
  private long listeningSince;

  /**
   * An end with a seat for each worker.
   *
   * @param silenceMillis how long a worker that computes may give no sign of life
   */
  RpcDriverEnd(RpcToken token, ContributionShape[] shapes, long silenceMillis) {
    this.token = token;
    this.seats = Arrays.stream(shapes).map(RpcSeat::new).toArray(RpcSeat[]::new);
    this.contributions = Arrays.stream(seats).map(RpcSeat::contribution).toList();
    this.longestFrame = FrameGuard.ENVELOPE_BYTES + RpcMessages.longestAnswer(shapes);
    this.silenceNanos = silenceMillis * 1_000_000;
    this.missing = new AtomicInteger(shapes.length);
    this.checkedNanos = System.nanoTime();
    this.listeningSince = checkedNanos;
  }

  @Override
  public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
    RpcMessages.Header header = RpcMessages.readHeader(message, token, seats.length);
    if (header != null && over) {
      callback.onSuccess(RpcMessages.farewell());
      return;
    }
    if (header == null
        || !seats[header.worker()].accept(client, header, round, message, callback)) {
      // No word to a stranger: one that has hung up already would fill the log with it.
      client.close();
      return;
    }
    if (round == RpcMessages.NONE) {
      trust(client);
    }
    if (missing.decrementAndGet() == 0) {
      waiting.wake();
    }
  }

  private void trust(TransportClient client) {
    FrameGuard guard = client.getChannel().pipeline().get(FrameGuard.class);
    if (guard != null) {
      guard.trust(longestFrame);
    }
  }

  /** A heartbeat. */
  @Override
  public void receive(TransportClient client, ByteBuffer message) {
    RpcMessages.Header header = RpcMessages.readHeader(message, token, seats.length);
    if (header == null
        || header.round() != RpcMessages.HEARTBEAT
        || !seats[header.worker()].acceptHeartbeat(client, message)) {
      client.close();
    }
  }

  @Override
  public void channelInactive(TransportClient client) {
    for (int worker = 0; worker < seats.length; worker++) {
      if (seats[worker].isTakenBy(client) && lostConnection == null) {
        lostConnectionNanos = System.nanoTime();
        lostConnection =
            new ExchangeException(
                String.format(
                    Locale.ROOT,
                    "The connection to worker %d on %s was closed.",
                    worker,
                    seats[worker].place()));
        waiting.wake();
      }
    }
  }

  @Override
  public StreamManager getStreamManager() {
    return streams;
  }

  /** Ends every wait, now and later, with this cause; the first one counts. */
  void fail(Throwable cause) {
    synchronized (this) {
      failure = failure == null ? cause : failure;
    }
    waiting.wake();
  }

  private boolean isAnswered() {
    return missing.get() == 0;
  }

  /**
   * Waits a while for all workers to connect.
   *
   * @return whether they have
   */
  boolean awaitConnected(long nanos) {
    return waiting.await(answered, nanos, check);
  }

  /** Waits until every worker has answered the round before. */
  List<Contribution> awaitAnswers() {
    waiting.await(answered, FOREVER, check);
    return contributions;
  }

  int workers() {
    return seats.length;
  }

  /** The workers that have not connected. */
  List<Integer> unconnected() {
    return IntStream.range(0, seats.length)
        .filter(worker -> !seats[worker].isTaken())
        .boxed()
        .toList();
  }

  /** A closed connection alone says little: Spark's own word on the stage is waited for a while. */
  private void checkAlive() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ExchangeException("The thread of the fit was interrupted.");
    }
    boolean waitedForSpark =
        lostConnection != null && System.nanoTime() - lostConnectionNanos > REASON_NANOS;
    if (failure != null || waitedForSpark) {
      throw new ExchangeException(
          "A worker of the fit was lost.", failure != null ? failure : lostConnection);
    }
    checkSilence();
  }

  private void checkSilence() {
    long now = System.nanoTime();
    if (now - checkedNanos > PAUSE_NANOS) {
      listeningSince = now;
    }
    checkedNanos = now;
    for (int worker = 0; worker < seats.length; worker++) {
      if (now - listeningSince > silenceNanos && seats[worker].isSilent(silenceNanos)) {
        throw silent(worker);
      }
    }
  }

  private SilentWorkerException silent(int worker) {
    return new SilentWorkerException(
        String.format(
            Locale.ROOT,
            "worker %d on %s has given no sign of life for %d s (%s)",
            worker,
            seats[worker].place(),
            silenceNanos / 1_000_000_000,
            RpcTransport.WORKER_TIMEOUT),
        seats[worker].executor());
  }

  /** Tells every worker where the others are; they answer when they are connected. */
  void sendRoster() {
    send(
        RpcMessages.ROSTER,
        RpcMessages.roster(Arrays.stream(seats).map(RpcSeat::address).toList()));
  }

  /** Answers every waiting call with a round. */
  void send(int number, ByteBuffer message) {
    send(number, worker -> message);
  }

  /** Answers every waiting call with the round of its worker. */
  void send(int number, IntFunction<ByteBuffer> message) {
    missing.set(seats.length);
    round = number;
    for (int worker = 0; worker < seats.length; worker++) {
      seats[worker].reply(message.apply(worker));
    }
  }

  /** Lets the workers end, those that wait now and those that will ask later. */
  void sendFarewell() {
    over = true;
    for (RpcSeat seat : seats) {
      seat.forget();
      seat.reply(RpcMessages.farewell());
    }
  }
}
