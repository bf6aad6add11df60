package sparkrnn.feature;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Makes the windows of one partition, or only counts them. */
record WindowTask(WindowPlan plan, StructType schema) implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new WindowIterator(rows, plan, schema, new WindowCounts());
  }

  /** A task that gives the counts of its partition. */
  FlatMapFunction<Iterator<Row>, WindowCounts> counting() {
    return rows -> {
      WindowCounts counts = new WindowCounts();
      new WindowIterator(rows, plan, schema, counts).forEachRemaining(window -> {});
      return List.of(counts).iterator();
    };
  }
}
