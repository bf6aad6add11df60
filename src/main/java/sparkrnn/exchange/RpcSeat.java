package sparkrnn.exchange;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** The driver's place for one worker: who sits there, what it answered last and when it spoke. */
final class RpcSeat {

  private final ContributionShape shape;
  private final Contribution contribution;
  private TransportClient client;
  private RpcResponseCallback call;
  private String executor = "";
  private String address = "";
  private volatile long heardNanos;

  /** An empty seat for a worker that answers so much. */
  RpcSeat(ContributionShape shape) {
    this.shape = shape;
    this.contribution = new Contribution(shape);
  }

  Contribution contribution() {
    return contribution;
  }

  /**
   * Takes a worker's introduction or its answer, and holds its call open; false, and nothing is
   * changed, if the message is not the one that is due here.
   *
   * @param round the round that is to be answered; {@link RpcMessages#NONE} before the first
   */
  synchronized boolean accept(
      TransportClient from,
      RpcMessages.Header header,
      int round,
      ByteBuffer message,
      RpcResponseCallback callback) {
    boolean due = call == null && (round == RpcMessages.NONE ? client == null : client == from);
    if (!due || header.round() != round || !RpcMessages.fits(message, header, shape)) {
      return false;
    }
    if (round == RpcMessages.NONE) {
      String[] introduction = RpcMessages.readIntroduction(message);
      executor = introduction[0];
      address = introduction[1];
      client = from;
    } else if (round != RpcMessages.ROSTER) {
      RpcMessages.readContribution(message, header, contribution);
    }
    call = callback;
    heardNanos = System.nanoTime();
    return true;
  }

  /** Takes a sign of life; false if it is not this worker's. */
  synchronized boolean acceptHeartbeat(TransportClient from, ByteBuffer message) {
    if (client != from || message.hasRemaining()) {
      return false;
    }
    heardNanos = System.nanoTime();
    return true;
  }

  /** Answers the call that is open, if one is; the worker gets its own view of the bytes. */
  void reply(ByteBuffer message) {
    RpcResponseCallback open;
    synchronized (this) {
      open = call;
      call = null;
      heardNanos = System.nanoTime();
    }
    if (open != null) {
      open.onSuccess(message.duplicate());
    }
  }

  /** Whether a worker sits here that computes and has said nothing for longer. */
  synchronized boolean isSilent(long nanos) {
    return client != null && call == null && System.nanoTime() - heardNanos > nanos;
  }

  synchronized boolean isTaken() {
    return client != null;
  }

  synchronized boolean isTakenBy(TransportClient other) {
    return client == other;
  }

  /** Forgets who sits here, so that the end of its connection is no loss. */
  synchronized void forget() {
    client = null;
  }

  /** Where other workers reach this one: "host:port". */
  synchronized String address() {
    return address;
  }

  /** Spark's name for the executor. */
  synchronized String executor() {
    return executor;
  }

  /** "executor 3 at /192.0.2.7:41234". */
  synchronized String place() {
    return "executor " + executor + " at " + (client == null ? "?" : client.getSocketAddress());
  }
}
