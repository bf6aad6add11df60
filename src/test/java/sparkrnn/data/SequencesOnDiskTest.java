package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import sparkrnn.LocalSpark;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;

/**
 * Sequences for which there is no memory are read from the disk as they would be from memory. If
 * this fails, data larger than the memory is trained on wrongly, or leaves files behind.
 */
@ExtendWith(LocalSpark.class)
final class SequencesOnDiskTest {

  private static final int FEATURES = 3;
  private static final int SEQUENCES = 40;

  private final SparkSession spark;

  SequencesOnDiskTest(SparkSession spark) {
    this.spark = spark;
  }

  private static List<byte[]> rows(Random random) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < SEQUENCES; i++) {
      float[] values = new float[(1 + random.nextInt(30)) * FEATURES];
      for (int e = 0; e < values.length; e++) {
        values[e] = (float) random.nextGaussian();
      }
      DecodedSequence sequence = new DecodedSequence(values, values.length / FEATURES, FEATURES);
      rows.add(EncodedRow.encode(sequence, new float[] {i, -i}, 1 + i, false));
    }
    return rows;
  }

  private static VirtualPartition partition(List<byte[]> rows, long bytes) {
    VirtualPartitionBuilder builder =
        new VirtualPartitionBuilder(5, rows.size(), 2, new ShareMemory(bytes));
    rows.forEach(builder::add);
    return builder.build();
  }

  private static long bytes(List<byte[]> rows) {
    return rows.stream()
        .mapToLong(row -> 4L * EncodedRow.timeSteps(row) * EncodedRow.features(row))
        .sum();
  }

  private static void assertSame(
      VirtualPartition actual, VirtualPartition expected, Random random) {
    int[] order = new int[SEQUENCES];
    Arrays.setAll(order, i -> random.nextInt(SEQUENCES));
    PackedExamples a = new PackedExamples(FEATURES, 2, false);
    PackedExamples b = new PackedExamples(FEATURES, 2, false);
    for (int start = 0; start < SEQUENCES; start += 10) {
      actual.expect(order, start, 10);
      a.pack(actual, order, start, 10);
      b.pack(expected, order, start, 10);
      assertThat(a.sequences()).hasToString(b.sequences().toString());
      int size = b.sequences().rows() * FEATURES;
      assertThat(Arrays.copyOf(a.x(), size)).containsExactly(Arrays.copyOf(b.x(), size));
      assertThat(a.targets()).containsExactly(b.targets());
      assertThat(a.weights()).containsExactly(b.weights());
    }
    assertThat(actual.weightSum()).isEqualTo(expected.weightSum());
  }

  @RandomTest
  void sequencesOnDiskAreThoseOfTheHeap(Random random) {
    List<byte[]> rows = rows(random);
    VirtualPartition heap = partition(rows, bytes(rows));
    assertThat(heap.heapBytes()).isEqualTo(bytes(rows));
    for (long memory : new long[] {0, 100, bytes(rows) / 2, bytes(rows) - 1}) {
      VirtualPartition disk = partition(rows, memory);
      assertThat(disk.heapBytes()).isZero();
      assertSame(disk, heap, random);
    }
  }

  /** As another executor gets it that fetches the share. */
  @RandomTest
  void sequencesOnDiskTravelWithTheirValues(Random random) {
    List<byte[]> rows = rows(random);
    SerializerInstance java = new JavaSerializer(SparkEnv.get().conf()).newInstance();
    ClassTag<WorkerShare> type = ClassTag$.MODULE$.apply(WorkerShare.class);
    VirtualPartition heap = partition(rows, Long.MAX_VALUE);
    WorkerShare share =
        new WorkerShare(3, List.of(partition(rows, 50), heap), List.of(partition(rows, 0)));
    WorkerShare read = java.deserialize(java.serialize(share, type), type);
    assertThat(read.training().get(0).heapBytes()).isZero();
    assertSame(read.training().get(0), heap, random);
    assertSame(read.training().get(1), heap, random);
    assertSame(read.validation().get(0), heap, random);
  }

  @RandomTest
  void whatFitsStaysOnTheHeapPartitionByPartition(Random random) {
    List<byte[]> rows = rows(random);
    ShareMemory memory = new ShareMemory(bytes(rows) + 10);
    List<Long> onHeap = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      VirtualPartitionBuilder builder = new VirtualPartitionBuilder(j, SEQUENCES, 2, memory);
      rows.forEach(builder::add);
      onHeap.add(builder.build().heapBytes());
    }
    assertThat(onHeap).containsExactly(bytes(rows), 0L, 0L);
  }

  @RandomTest
  void readingAllocatesNothing(Random random) {
    VirtualPartition disk = partition(rows(random), 0);
    PackedExamples examples = new PackedExamples(FEATURES, 2, false);
    long allocated = Allocation.bytesPerRun(() -> examples.pack(disk, null, 0, SEQUENCES));
    // The views of the read buffer, a few small objects a sequence.
    assertThat(allocated).isLessThan(300L * SEQUENCES);
  }

  @RandomTest
  void noFileIsLeft(Random random) throws IOException {
    long before = files();
    VirtualPartition disk = partition(rows(random), 0);
    assertThat(files()).isEqualTo(before);
    assertThat(disk.size()).isEqualTo(SEQUENCES);
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  private static long files() throws IOException {
    long count = 0;
    for (File directory : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
      try (Stream<Path> paths = Files.walk(directory.toPath())) {
        count +=
            paths.filter(path -> path.getFileName().toString().startsWith("temp_local")).count();
      }
    }
    return count;
  }
}
