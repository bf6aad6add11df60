package sparkrnn.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import scala.Tuple2;

/**
 * The settings of the connection between driver and workers: those of the Spark application, so
 * that its secret (spark.authenticate) and encryption (spark.network.crypto.enabled) hold here too.
 */
final class RpcTransport {

  private static final String MODULE = "rnn";

  private RpcTransport() {}

  static TransportConf conf(SparkConf conf) {
    Map<String, String> settings = new HashMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1(), setting._2());
    }
    // A worker waits in silence while others compute. That a peer is gone is seen by the closed
    // connection and by Spark's own heartbeat, not by silence.
    settings.putIfAbsent("spark." + MODULE + ".io.connectionTimeout", "86400s");
    settings.putIfAbsent("spark." + MODULE + ".io.connectionCreationTimeout", "30s");
    settings.putIfAbsent("spark." + MODULE + ".io.serverThreads", "2");
    settings.putIfAbsent("spark." + MODULE + ".io.clientThreads", "1");
    return new TransportConf(MODULE, new MapConfigProvider(settings));
  }

  static List<TransportServerBootstrap> serverBootstraps(TransportConf conf) {
    SparkEnv env = SparkEnv.get();
    return env.securityManager().isAuthenticationEnabled()
        ? List.of(new AuthServerBootstrap(conf, env.securityManager()))
        : List.of();
  }

  static List<TransportClientBootstrap> clientBootstraps(TransportConf conf) {
    SparkEnv env = SparkEnv.get();
    return env.securityManager().isAuthenticationEnabled()
        ? List.of(new AuthClientBootstrap(conf, env.conf().getAppId(), env.securityManager()))
        : List.of();
  }
}
