package sparkrnn.examples;

import java.util.concurrent.TimeoutException;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** Predictions for a stream whose rows each hold a whole sequence. */
public final class StreamScoring {

  private StreamScoring() {}

  /**
   * Scores files of JSON as they come.
   *
   * @param schema as DDL, "id BIGINT, readings ARRAY&lt;ARRAY&lt;DOUBLE&gt;&gt;" for example
   */
  public static StreamingQuery start(
      SparkSession spark, String model, String schema, String from, String to)
      throws TimeoutException {
    PipelineModel pipeline = PipelineModel.load(model);
    Dataset<Row> rows = spark.readStream().schema(schema).json(from);
    return pipeline
        .transform(rows)
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", to + "/_checkpoint")
        .trigger(Trigger.AvailableNow()) // all that is there; leave it out to go on for ever
        .start(to);
  }
}
