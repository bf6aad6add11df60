package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.RandomTest;

/**
 * Whatever the sizes, weights, lengths and partitions: every row is in one batch of an epoch, once,
 * with its values, its label and its weight, or held out, and the workers have as much to do. If
 * this fails, a fit silently learns from some rows twice and from others never, or waits for one
 * worker.
 */
@ExtendWith(LocalSpark.class)
final class ShareBalanceTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("features", DataTypes.createArrayType(DataTypes.FloatType))
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private final SparkSession spark;

  ShareBalanceTest(SparkSession spark) {
    this.spark = spark;
  }

  private static Row row(int id, int timeSteps) {
    float[] features = new float[timeSteps];
    for (int t = 0; t < timeSteps; t++) {
      features[t] = (float) Math.sin(id + 0.1 * t);
    }
    return RowFactory.create(features, (double) id, 1 + id % 5.0);
  }

  private PackedDataset prepare(
      Dataset<Row> rows, double validationFraction, int batchSize, int shardSize, long seed) {
    SequenceColumns columns =
        new SequenceColumns(
            "RnnRegressor",
            new FeatureColumns("featuresCol", List.of("features"), List.of()),
            "label",
            "weight",
            "",
            "error",
            LabelCoding.numbers());
    return PackedDataset.prepare(
        rows,
        columns,
        new ValidationSplit(validationFraction, "random", ""),
        batchSize,
        shardSize,
        seed);
  }

  @RandomTest
  void everyRowIsTrainedOnOnceInAnEpoch(Random random) {
    for (int round = 0; round < 4; round++) {
      int size = 40 + random.nextInt(200);
      List<Row> rows = new ArrayList<>();
      int[] lengths = new int[size];
      for (int id = 0; id < size; id++) {
        lengths[id] = 1 + (int) Math.exp(4 * random.nextDouble());
        rows.add(row(id, lengths[id]));
      }
      Dataset<Row> data = spark.createDataFrame(rows, SCHEMA).repartition(1 + random.nextInt(9));
      boolean validated = random.nextBoolean();
      int batchSize = 1 + random.nextInt(validated ? size / 4 : size);
      int shardSize = 1 + random.nextInt(batchSize);
      try (PackedDataset packed =
          prepare(data, validated ? 0.3 : 0, batchSize, shardSize, random.nextLong())) {
        int workers = 1 + random.nextInt(Math.min(4, packed.plan().shards()));
        List<WorkerShare> shares = packed.shares(workers).collect();
        assertThat(shares).hasSize(workers);
        Set<Integer> seen = new HashSet<>();
        int epoch = random.nextInt(50);
        for (WorkerShare share : shares) {
          for (VirtualPartition partition : share.training()) {
            visit(packed.plan(), epoch, partition, lengths, seen);
          }
        }
        assertThat(seen).hasSize((int) packed.plan().sequences());
        for (WorkerShare share : shares) {
          for (VirtualPartition partition : share.validation()) {
            visitHeldOut(partition, seen);
          }
        }
        assertThat(seen).hasSize(size);
      }
    }
  }

  private static void visitHeldOut(VirtualPartition partition, Set<Integer> seen) {
    float[] label = new float[1];
    for (int place = 0; place < partition.size(); place++) {
      partition.copyLabel(place, label, 0);
      assertThat(seen.add((int) label[0])).as("row %s, held out or twice", label[0]).isTrue();
    }
  }

  private static void visit(
      BatchPlan plan, int epoch, VirtualPartition partition, int[] lengths, Set<Integer> seen) {
    int j = partition.index();
    int[] order = new int[plan.partitionSize(j)];
    plan.shuffle(epoch, j, order);
    PackedExamples examples = new PackedExamples(1, 1, false);
    for (int batch = 0; batch < plan.batches(); batch++) {
      int shard = plan.shardSize(batch, j);
      if (shard == 0) {
        continue;
      }
      examples.pack(partition, order, plan.shardStart(batch, j), shard);
      for (int place = 0; place < shard; place++) {
        int id = (int) examples.targets()[place];
        assertThat(seen.add(id)).as("row %d, twice", id).isTrue();
        assertThat(examples.weights()[place]).isEqualTo(1 + id % 5);
        assertThat(examples.timeSteps(place)).isEqualTo(lengths[id]);
        int last = examples.row(place, lengths[id] - 1);
        assertThat(examples.x()[last]).isEqualTo((float) Math.sin(id + 0.1 * (lengths[id] - 1)));
      }
    }
  }

  /**
   * Lengths from 1 to some thousand, nearly all rows in one input partition, or half of them of one
   * key: four workers have what four random quarters of the rows have, however the rows came.
   */
  @Test
  void unevenRowsMakeEvenShares() {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    double steps = 0;
    double squares = 0;
    for (int id = 0; id < 4000; id++) {
      int length = 1 + (int) Math.exp(8 * random.nextDouble() * random.nextDouble());
      rows.add(row(id, length));
      steps += length;
      squares += (double) length * length;
    }
    double deviation = Math.sqrt(squares * 0.25 * 0.75) / steps;
    Dataset<Row> all = spark.createDataFrame(rows, SCHEMA);
    Dataset<Row> giant =
        all.where("label >= 100").coalesce(1).union(all.where("label < 100").repartition(5));
    Dataset<Row> oneKey =
        all.repartition(
            6,
            functions.when(functions.col("label").lt(2000), 0).otherwise(functions.col("label")));
    List<Double> largest = new ArrayList<>();
    for (Dataset<Row> data : List.of(giant, oneKey, all.repartition(7))) {
      try (PackedDataset packed = prepare(data, 0, 64, 8, 3)) {
        largest.add(packed.totals(4).largestShareOfTimeSteps());
      }
    }
    assertThat(largest.get(0)).isBetween(0.25, 0.25 + 3 * deviation);
    assertThat(largest).as("whatever the partitions").containsOnly(largest.get(0));
    assertThat(deviation).as("what chance makes of 4,000 rows").isLessThan(0.03);
  }
}
