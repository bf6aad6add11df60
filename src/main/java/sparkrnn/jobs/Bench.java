package sparkrnn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Our part of jobs/bench: measures one workload and prints one line of JSON. */
public final class Bench {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  private Bench() {}

  /** Takes one argument, a {@link BenchWorkload} as JSON. */
  public static void main(String[] arguments) throws JsonProcessingException {
    if (arguments.length != 1) {
      System.err.println("Bench: there are " + arguments.length + " arguments; run jobs/bench.");
      System.exit(2);
    }
    BenchWorkload workload = parse(arguments[0]);
    SparkSession spark = SparkSession.builder().appName("spark-rnn bench").getOrCreate();
    System.out.println(JSON.writeValueAsString(run(spark, workload)));
    spark.stop();
  }

  /** The workload that a JSON object tells of; no other fields may stand in it. */
  static BenchWorkload parse(String json) throws JsonProcessingException {
    return JSON.readValue(json, BenchWorkload.class);
  }

  /** Measures in the Spark session; the values by their names in the JSON. */
  static Map<String, Object> run(SparkSession spark, BenchWorkload workload) {
    Map<String, Object> values =
        new LinkedHashMap<>(
            switch (workload.mode()) {
              case TRAIN -> new TrainingSpeed(spark, workload).measure();
              case PREDICT -> new PredictionSpeed(spark, workload).measure();
            });
    values.put("version", "Spark " + spark.version());
    return values;
  }
}
