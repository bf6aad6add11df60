package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/**
 * Where the rows that a job makes go: to output.path in output.format, or, where no path is set,
 * the first of them to the terminal.
 *
 * @param what the rows are, in words
 */
record RowOutput(JobConfig config, String what) {

  private static final int SHOWN_ROWS = 20;
  private static final double NANOS = 1e9;

  /**
   * Asks before the work what would only fail after it.
   *
   * @throws JobException if the path is taken or can't be written to
   */
  void checkWritable(SparkSession spark) {
    config.output("output.path").ifPresent(output -> output.checkWritable(spark));
  }

  /** Makes and writes the rows; how many there were and how long it took, for --metrics. */
  Map<String, Object> write(Dataset<Row> rows, PrintStream out) {
    boolean shown = !config.has("output.path");
    Observation written = new Observation();
    Dataset<Row> counted =
        (shown ? rows.limit(SHOWN_ROWS) : rows)
            .observe(written, functions.count(functions.lit(1)).as("rows"));
    long begin = System.nanoTime();
    if (shown) {
      counted.show(SHOWN_ROWS);
      out.println("These are the first rows; --output PATH writes all " + what + ".");
    } else {
      save(counted, out);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rows", rows(written));
    values.put("seconds", (System.nanoTime() - begin) / NANOS);
    values.put("version", JobProcess.version());
    return values;
  }

  private static Object rows(Observation written) {
    try {
      return written.getAsJava().get("rows");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped before the rows were counted", stopped);
    }
  }

  private void save(Dataset<Row> rows, PrintStream out) {
    String path = config.text("output.path", "");
    String format = config.text("output.format", "parquet");
    (format.equals("csv") ? withArraysAsText(rows) : rows)
        .write()
        .format(format)
        .option("header", format.equals("csv"))
        .options(config.textsUnder("output.options"))
        .mode(config.flag("output.overwrite", false) ? "overwrite" : "errorifexists")
        .save(path);
    out.println("The " + what + " are at " + path);
  }

  /** CSV has no arrays: they are written as JSON. */
  private static Dataset<Row> withArraysAsText(Dataset<Row> rows) {
    Dataset<Row> plain = rows;
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof ArrayType) {
        plain =
            plain.withColumn(
                field.name(), functions.to_json(functions.col("`" + field.name() + "`")));
      }
    }
    return plain;
  }
}
