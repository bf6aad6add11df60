package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** If these fail, fits behind a firewall find no port, or listen where nobody expects them. */
@ExtendWith(LocalSpark.class)
class RpcTransportTest {

  private static final String LOOPBACK = "127.0.0.1";

  private final SparkConf conf;
  private final TransportContext context;

  RpcTransportTest(SparkSession spark) {
    this.conf = spark.sparkContext().getConf();
    this.context = new TransportContext(RpcTransport.conf(conf, 1), new NoOpRpcHandler());
  }

  @Test
  void aTakenPortIsFollowedByTheNext() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SparkConf fixed = conf.clone().set("spark.rnn.port", String.valueOf(taken.getLocalPort()));
      try (TransportServer server = RpcTransport.listen(context, LOOPBACK, fixed)) {
        assertThat(server.getPort()).isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 16);
      }
    }
  }

  @Test
  void thereIsAWordWhereAllPortsAreTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      SparkConf fixed =
          conf.clone()
              .set("spark.rnn.port", String.valueOf(port))
              .set("spark.port.maxRetries", "0");
      assertThatThrownBy(() -> RpcTransport.listen(context, LOOPBACK, fixed))
          .isInstanceOf(PortTakenException.class)
          .hasMessageStartingWith(
              "The driver can't listen on 127.0.0.1, ports " + port + " to " + port + " (")
          .hasMessageEndingWith(
              "). Set spark.driver.bindAddress to an address of this machine, spark.rnn.port to"
                  + " ports that are free, or exchange to \"job\".");
    }
  }

  @Test
  void whatIsNoPortIsRefused() {
    SparkConf driver = conf.clone().set("spark.rnn.port", "99999");
    assertThatThrownBy(() -> RpcTransport.listen(context, LOOPBACK, driver))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.rnn.port is 99999; it must be a port, 1 to 65535, or 0 for any that is free.");
    SparkConf worker = conf.clone().set("spark.rnn.worker.port", "-1");
    assertThatThrownBy(() -> RpcTransport.checkWorkerPort(worker))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.rnn.worker.port is -1; it must be a port, 1 to 65535, or 0 for any that is"
                + " free.");
  }

  @Test
  void aWorkerTimeoutOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                RpcTransport.workerTimeoutMillis(
                    conf.clone().set("spark.rnn.worker.timeout", "0s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spark.rnn.worker.timeout is 0s; it must be at least 1s.");
  }
}
