package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/**
 * Where a worker receives the parcels of the others. What a stranger sends, or what doesn't fit
 * exactly, ends the connection that it came by, as at the driver.
 */
final class PeerEnd extends RpcHandler {

  private static final long FOREVER = Long.MAX_VALUE;

  /** How long a closed connection is no reason yet: the driver may know more, and ends the task. */
  private static final long REASON_NANOS = 15_000_000_000L;

  private final int worker;
  private final Slices slices;
  private final RpcToken token;
  private final TransportClient[] peers;
  private final StreamManager streams = new OneForOneStreamManager();
  private final WaitingThread waiting = new WaitingThread();
  private final AtomicLong sumsArrived = new AtomicLong();
  private final AtomicLong parametersArrived = new AtomicLong();
  private final BooleanSupplier hasSums = this::hasSums;
  private final BooleanSupplier hasParameters = this::hasParameters;
  private final Runnable check = this::check;
  private final TaskContext task = TaskContext.get();
  private float[][][] sums;
  private float[] parameters;
  private volatile long sumsDue;
  private volatile long parametersDue;
  private volatile String lost;
  private volatile long lostNanos;

  PeerEnd(int worker, Slices slices, RpcToken token) {
    this.worker = worker;
    this.slices = slices;
    this.token = token;
    this.peers = new TransportClient[slices.workers()];
  }

  /** Where parcels are unpacked: by worker and sum; must be set before anybody is connected. */
  void receiveInto(float[][][] sumsByWorker, float[] wholeParameters) {
    this.sums = sumsByWorker;
    this.parameters = wholeParameters;
  }

  /** A hello. */
  @Override
  public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
    Parcel.Header header = Parcel.Header.read(message, token, peers.length);
    if (header == null || header.array() != Parcel.HELLO || !seat(client, header.worker())) {
      client.close();
      return;
    }
    FrameGuard guard = client.getChannel().pipeline().get(FrameGuard.class);
    if (guard != null) {
      guard.trust(FrameGuard.ENVELOPE_BYTES + Parcel.LONGEST);
    }
    callback.onSuccess(ByteBuffer.allocate(0));
  }

  private synchronized boolean seat(TransportClient client, int peer) {
    if (peers[peer] != null || peer == worker) {
      return false;
    }
    peers[peer] = client;
    return true;
  }

  /** A parcel. */
  @Override
  public void receive(TransportClient client, ByteBuffer message) {
    Parcel.Header header = Parcel.Header.read(message, token, peers.length);
    if (header == null || !isSeated(client, header.worker()) || !unload(header, message)) {
      client.close();
    }
  }

  private synchronized boolean isSeated(TransportClient client, int peer) {
    return peers[peer] == client;
  }

  private boolean unload(Parcel.Header header, ByteBuffer message) {
    int from = header.worker();
    if (header.array() == Parcel.PARAMETERS) {
      int count = Parcel.count(message, false);
      int first = header.at() - slices.from(from);
      if (first < 0 || count < 1 || count > slices.length(from) - first) {
        return false;
      }
      Parcel.unload(message, false, parameters, header.at(), count);
      arrived(parametersArrived, count, parametersDue);
      return true;
    }
    int count = Parcel.count(message, slices.bfloat16());
    if (header.array() < 0
        || header.array() >= slices.sums(from)
        || header.at() < 0
        || count < 1
        || count > slices.length(worker) - header.at()) {
      return false;
    }
    float[] sum = sums[from][header.array()];
    Parcel.unload(message, slices.bfloat16(), sum, header.at(), count);
    arrived(sumsArrived, count, sumsDue);
    return true;
  }

  private void arrived(AtomicLong counter, int count, long due) {
    if (counter.addAndGet(count) >= due) {
      waiting.wake();
    }
  }

  /** Waits for this worker's slice of the sums of all others. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the thread of the worker writes what is due.
  void awaitSums() {
    long count = 0;
    for (int peer = 0; peer < peers.length; peer++) {
      count += peer == worker ? 0 : (long) slices.sums(peer) * slices.length(worker);
    }
    sumsDue += count;
    waiting.await(hasSums, FOREVER, check);
  }

  /** Waits for the slices of all others. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the thread of the worker writes what is due.
  void awaitParameters() {
    parametersDue += slices.parameters() - slices.length(worker);
    waiting.await(hasParameters, FOREVER, check);
  }

  private boolean hasSums() {
    return sumsArrived.get() >= sumsDue;
  }

  private boolean hasParameters() {
    return parametersArrived.get() >= parametersDue;
  }

  private void check() {
    if (task.isInterrupted() || Thread.currentThread().isInterrupted()) {
      throw new TaskKilledException("the fit was cancelled");
    }
    if (lost != null && System.nanoTime() - lostNanos > REASON_NANOS) {
      throw new ExchangeException(lost);
    }
  }

  @Override
  public void channelInactive(TransportClient client) {
    for (int peer = 0; peer < peers.length; peer++) {
      if (isSeated(client, peer) && lost == null) {
        lostNanos = System.nanoTime();
        lost =
            String.format(
                Locale.ROOT,
                "Worker %d lost its connection from worker %d at %s.",
                worker,
                peer,
                client.getSocketAddress());
      }
    }
  }

  @Override
  public StreamManager getStreamManager() {
    return streams;
  }
}
