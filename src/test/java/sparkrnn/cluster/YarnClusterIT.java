package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.cluster.JavaProcess.Result;

/**
 * The command of docs/running.md on a YARN of one node, which this process is. If this fails, a fit
 * does not start, or trains something else, on a Hadoop cluster. With a Spark that has its part for
 * YARN in the repositories: -Pspark-4.2.
 */
@Tag("yarn")
@Timeout(420)
final class YarnClusterIT {

  /** A whole node: what a capacity-scheduler.xml says, which this Hadoop has none of. */
  private static final Map<String, String> YARN =
      Map.of(
          "yarn.scheduler.capacity.root.queues", "default",
          "yarn.scheduler.capacity.root.default.capacity", "100",
          "yarn.scheduler.minimum-allocation-mb", "128",
          "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100",
          "yarn.resourcemanager.bind-host", "localhost");

  @TempDir private Path directory;
  private final MiniYARNCluster yarn = new MiniYARNCluster("spark-rnn", 1, 1, 1);

  @BeforeEach
  void startYarn() throws Exception {
    YarnConfiguration settings = new YarnConfiguration();
    YARN.forEach(settings::set);
    yarn.init(settings);
    yarn.start();
    Path site = Files.createDirectories(directory.resolve("conf")).resolve("yarn-site.xml");
    try (OutputStream out = Files.newOutputStream(site)) {
      yarn.getConfig().writeXml(out);
    }
  }

  @AfterEach
  void stopYarn() {
    yarn.stop();
  }

  @Test
  void driverInAContainerTrainsWhatLocalModeDoes() throws Exception {
    byte[] local = weights("local", "--master", "local[1]");
    assertThat(weights("in-cluster", onYarn("cluster"))).isEqualTo(local);
    assertThat(weights("in-client", onYarn("client"))).isEqualTo(local);
  }

  private String[] onYarn(String deployMode) throws Exception {
    String jars =
        Stream.of(sparkClassPath().split(File.pathSeparator))
            .map(jar -> "local:" + jar)
            .collect(Collectors.joining(","));
    return new String[] {
      "--master",
      "yarn",
      "--deploy-mode",
      deployMode,
      "--num-executors",
      "2",
      "--executor-cores",
      "1",
      "--executor-memory",
      "512m",
      "--driver-memory",
      "512m",
      "--conf",
      "spark.yarn.jars=" + jars,
      "--conf",
      "spark.yarn.stagingDir=" + directory.resolve("staging").toUri(),
      "--conf",
      "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
      "--conf",
      "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
      "--files",
      "conf/seed.conf"
    };
  }

  private static String sparkClassPath() throws Exception {
    return Files.readString(Launcher.sparkClassPath());
  }

  /** Of the model that a short fit with these options of spark-submit saves. */
  private byte[] weights(String name, String... options) throws Exception {
    Path model = directory.resolve(name);
    boolean driverHere = !List.of(options).contains("cluster");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--conf", "spark.ui.enabled=false"));
    arguments.addAll(List.of("--class", "sparkrnn.jobs.Train", "target/spark-rnn.jar"));
    arguments.add(driverHere ? "conf/seed.conf" : "seed.conf");
    arguments.addAll(List.of("--set", "model.maxIter=2", "--set", "output.model=" + model.toUri()));
    if (!name.equals("local")) {
      arguments.addAll(List.of("--set", "model.numWorkers=2", "--set", "model.exchange=rpc"));
    }
    Result result = submit(directory.resolve(name + ".txt"), arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return Files.readAllBytes(model.resolve("weights.safetensors"));
  }

  private Result submit(Path output, List<String> arguments) throws Exception {
    Path conf = directory.resolve("conf");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.command(
                conf + File.pathSeparator + sparkClassPath(),
                List.of("-Xmx1g"),
                SparkSubmit.class,
                arguments.toArray(new String[0])));
    builder.environment().put("HADOOP_CONF_DIR", conf.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return JavaProcess.await(builder.start(), output, 200);
  }
}
