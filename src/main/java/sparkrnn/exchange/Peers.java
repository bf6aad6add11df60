package sparkrnn.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/**
 * The other workers of a fit, as one of them sees them: each listens on a port of its own and sends
 * to every other one. Used by the thread of the worker.
 */
public final class Peers implements AutoCloseable {

  private static final long HELLO_MILLIS = 30_000;

  private final int worker;
  private final Slices slices;
  private final RpcToken token;
  private final PeerEnd end;
  private final TransportContext serverContext;
  private final TransportContext clientContext;
  private final TransportServer server;
  private final TransportClientFactory clientFactory;
  private final TransportClient[] clients;
  private final String host;

  /** By peer and partial sum. */
  private final List<List<List<Parcel>>> sums = new ArrayList<>();

  private final List<Parcel> parameters;

  /** Opens a port of this executor. */
  Peers(int worker, Slices slices, RpcToken token) {
    this.worker = worker;
    this.slices = slices;
    this.token = token;
    this.end = new PeerEnd(worker, slices, token);
    this.clients = new TransportClient[slices.workers()];
    SparkConf conf = SparkEnv.get().conf();
    TransportConf transport = RpcTransport.conf(conf, Math.max(1, slices.workers() - 1));
    this.host = SparkEnv.get().blockManager().blockManagerId().host();
    this.serverContext = new TransportContext(transport, end);
    this.server = listen(conf);
    this.clientContext = new TransportContext(transport, new NoOpRpcHandler(), false);
    this.clientFactory =
        clientContext.createClientFactory(RpcTransport.clientBootstraps(transport));
    this.parameters =
        Parcel.of(
            Parcel.head(token, worker),
            Parcel.PARAMETERS,
            slices.from(worker),
            slices.length(worker),
            slices.from(worker),
            false);
    for (int peer = 0; peer < clients.length; peer++) {
      sums.add(sumsFor(peer));
    }
  }

  private TransportServer listen(SparkConf conf) {
    try {
      return RpcTransport.listenAsWorker(serverContext, worker, host, conf);
    } catch (ExchangeException taken) {
      serverContext.close();
      throw taken;
    }
  }

  private List<List<Parcel>> sumsFor(int peer) {
    List<List<Parcel>> parcels = new ArrayList<>();
    for (int sum = 0; sum < slices.sums(worker) && peer != worker; sum++) {
      parcels.add(
          Parcel.of(
              Parcel.head(token, worker),
              sum,
              slices.from(peer),
              slices.length(peer),
              0,
              slices.bfloat16()));
    }
    return parcels;
  }

  /** Where the others reach this worker: "host:port". */
  String address() {
    return host + ":" + server.getPort();
  }

  /**
   * Connects to all others.
   *
   * @param addresses by worker
   * @throws ExchangeException if one can't be reached
   */
  void connect(List<String> addresses) {
    for (int peer = 0; peer < clients.length; peer++) {
      if (peer != worker) {
        clients[peer] = connect(peer, addresses.get(peer));
      }
    }
  }

  private TransportClient connect(int peer, String address) {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    try {
      TransportClient client =
          clientFactory.createUnmanagedClient(address.substring(0, colon), port);
      client.sendRpcSync(Parcel.hello(token, worker), HELLO_MILLIS);
      return client;
    } catch (IOException | RuntimeException unreachable) {
      throw new ExchangeException(
          String.format(
              Locale.ROOT,
              "Worker %d on executor %s (%s) can't reach worker %d at %s (%s); with exchange \"sharded\" executors must be able to connect to each other. Open spark.rnn.worker.port in firewalls between them, or set exchange to \"rpc\".",
              worker,
              SparkEnv.get().executorId(),
              host,
              peer,
              address,
              unreachable.getMessage()),
          unreachable);
    } catch (InterruptedException interrupted) {
      throw new TaskKilledException("the fit was cancelled");
    }
  }

  /**
   * Says where to put what the others send; called once, before the first round.
   *
   * @param sumsByWorker by worker and sum, as long as this worker's slice; this worker's own are
   *     left alone
   * @param wholeParameters the flat array
   */
  public void receiveInto(float[][][] sumsByWorker, float[] wholeParameters) {
    end.receiveInto(sumsByWorker, wholeParameters);
  }

  /**
   * Sends every other worker its slice of this worker's partial sums and waits for its own slice of
   * theirs.
   *
   * @param whole partial sums, each as long as the flat array
   */
  public void scatter(float[][] whole) {
    for (int i = 1; i < clients.length; i++) {
      int peer = (worker + i) % clients.length;
      List<List<Parcel>> parcels = sums.get(peer);
      for (int sum = 0; sum < parcels.size(); sum++) {
        send(clients[peer], parcels.get(sum), whole[sum]);
      }
    }
    end.awaitSums();
  }

  private static void send(TransportClient client, List<Parcel> parcels, float[] array) {
    for (int i = 0; i < parcels.size(); i++) {
      client.send(parcels.get(i).load(array));
    }
  }

  /**
   * Sends every other worker this worker's slice of the flat array and waits for theirs, which are
   * put into the array of {@link #receiveInto}.
   */
  public void gather(float[] whole) {
    for (int i = 0; i < parameters.size(); i++) {
      Parcel parcel = parameters.get(i);
      parcel.load(whole);
      for (int k = 1; k < clients.length; k++) {
        clients[(worker + k) % clients.length].send(parcel.message());
      }
    }
    end.awaitParameters();
  }

  @Override
  public void close() {
    for (TransportClient client : clients) {
      if (client != null) {
        client.close();
      }
    }
    clientFactory.close();
    server.close();
    clientContext.close();
    serverContext.close();
  }
}
