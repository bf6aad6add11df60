package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/**
 * If these fail, columns that a user only carries along come out of transform with other values, or
 * a sequence is read otherwise than the same numbers one by one.
 */
@ExtendWith(LocalSpark.class)
class BinaryColumnsTest {

  private static final String[] VALUES = {
    "id",
    "array(1.5D, null, id) as doubles",
    "array(array('a', null), null, array()) as nested",
    "map('k', array(id), 'l', null) as maps",
    "named_struct('x', id, 's', 'text', 'in', named_struct('y', array(2))) as structs",
    "if(id = 1, null, array(id)) as nullable",
    "cast(array(id) as array<decimal(20,3)>) as decimals",
    "cast('bytes' as binary) as bytes",
    "timestamp_seconds(id) as at"
  };

  @Test
  void everyColumnComesBackAsItWas(SparkSession spark) {
    Dataset<Row> rows = spark.range(3).selectExpr(VALUES).repartition(2).sort("id");
    StructType schema = rows.schema();
    BinaryColumns columns = BinaryColumns.of(schema, Set.of());
    Dataset<Row> passed =
        columns
            .binary(rows)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) each -> each,
                Encoders.row(columns.binary(schema)));
    assertThat(columns.binary(rows).schema().apply("maps").dataType())
        .isEqualTo(DataTypes.BinaryType);
    Dataset<Row> restored = columns.restored(passed, schema);
    assertThat(restored.schema()).isEqualTo(schema);
    assertThat(restored.selectExpr("cast(id as string)", "to_json(struct(*))").collectAsList())
        .isEqualTo(rows.selectExpr("cast(id as string)", "to_json(struct(*))").collectAsList());
  }

  @Test
  void namesThatAreNotUniqueAreLeftAlone(SparkSession spark) {
    Dataset<Row> rows = spark.range(1).selectExpr("array(1) as a", "array(2) as A");
    BinaryColumns columns = BinaryColumns.of(rows.schema(), Set.of());
    assertThat(columns.binary(rows).collectAsList()).isEqualTo(rows.collectAsList());
  }

  @Test
  void sequencesOfEveryTypeAreReadAsTheSameNumbers(SparkSession spark) throws Exception {
    for (String type : List.of("double", "float", "int", "bigint", "smallint", "tinyint")) {
      assertReadAlike(spark, "cast(array(1, -2, 3) as array<" + type + ">)");
      assertReadAlike(spark, "cast(array(array(1, 2), array(3, 4)) as array<array<" + type + ">>)");
    }
    assertReadAlike(spark, "cast(array(1.25, 2.5) as array<decimal(9,4)>)");
  }

  @Test
  void vectorsAreReadDenseOrSparse(SparkSession spark) throws Exception {
    Vector sparse = Vectors.sparse(3, new int[] {1}, new double[] {4});
    StructType schema =
        new StructType()
            .add("features", DataTypes.createArrayType(SQLDataTypes.VectorType()), true);
    Row row = RowFactory.create(List.of(Vectors.dense(1, 2, 3), sparse));
    assertReadAlike(spark.createDataFrame(List.of(row), schema), "vectors");
  }

  private static void assertReadAlike(SparkSession spark, String expression)
      throws InvalidSequenceException {
    assertReadAlike(
        spark.range(1).selectExpr(expression + " as features").repartition(1), expression);
  }

  private static void assertReadAlike(Dataset<Row> rows, String expression)
      throws InvalidSequenceException {
    SequenceDecoder decoder = SequenceDecoder.of("Stage", "featuresCol", rows.schema(), "features");
    BinaryColumns columns = BinaryColumns.of(rows.schema(), Set.of());
    DecodedSequence fast = decoder.decode(columns.binary(rows).first().get(0), 0);
    DecodedSequence plain = decoder.decode(rows.first().get(0), 0);
    assertThat(fast.values()).as(expression).containsExactly(plain.values());
    assertThat(fast.timeSteps()).isEqualTo(plain.timeSteps());
    assertThat(fast.features()).isEqualTo(plain.features());
  }
}
