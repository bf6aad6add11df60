package sparkrnn.feature;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link Moments} as an aggregate of a query: a struct of offset and divisor. */
final class MomentsAggregator extends Aggregator<Double, Moments, Row> {

  private static final long serialVersionUID = 1L;

  @Override
  public Moments zero() {
    return new Moments();
  }

  @Override
  public Moments reduce(Moments moments, Double number) {
    moments.add(number);
    return moments;
  }

  @Override
  public Moments merge(Moments one, Moments other) {
    one.add(other);
    return one;
  }

  @Override
  public Row finish(Moments moments) {
    return RowFactory.create(moments.mean(), moments.deviation());
  }

  @Override
  public Encoder<Moments> bufferEncoder() {
    return Encoders.javaSerialization(Moments.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    return Encoders.row(
        new StructType().add("offset", DataTypes.DoubleType).add("divisor", DataTypes.DoubleType));
  }
}
