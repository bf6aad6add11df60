package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** The rows of a data set, streamed from files through a transformer. */
final class Streams {

  private Streams() {}

  /** The streamed result, in a table of memory. */
  static Dataset<Row> through(Transformer stage, Dataset<Row> data, Path directory, String name)
      throws TimeoutException, StreamingQueryException {
    String input = directory.resolve("in").toString();
    data.repartition(3).write().parquet(input);
    StreamingQuery query =
        stage
            .transform(data.sparkSession().readStream().schema(data.schema()).parquet(input))
            .writeStream()
            .format("memory")
            .queryName(name)
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(query.exception().isEmpty()).isTrue();
    return data.sparkSession().table(name);
  }
}
