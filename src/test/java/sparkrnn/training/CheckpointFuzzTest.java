package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.FailingFileSystem;
import sparkrnn.Mutations;
import sparkrnn.contract.Allocation;
import sparkrnn.exchange.Round;
import sparkrnn.optim.Optimizer;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.safetensors.SafetensorsWriter;

/**
 * Damaged and hostile checkpoints. If this fails, a bad file ends a fit in a crash, or begins it
 * with half of its state.
 */
final class CheckpointFuzzTest {

  private static final int PARAMETERS = 40;

  /** Allocated for a file of a few kilobytes, whatever lengths it claims. */
  private static final long MOST_BYTES = 4 << 20;

  private static final FitLength FIT = new FitLength(6, 4, true);

  @TempDir private java.nio.file.Path directory;
  private FileSystem files;
  private Path path;
  private Checkpoint saved;

  @BeforeEach
  void setUp() throws IOException {
    Configuration conf = new Configuration(false);
    FailingFileSystem.register(conf);
    path = new Path("failing:" + directory + "/step-000000000014.safetensors");
    files = path.getFileSystem(conf);
    saved = checkpoint(14, new Random(5));
  }

  /** In epoch 4, after its second step, with everything that a checkpoint can have. */
  private static Checkpoint checkpoint(int steps, Random random) {
    TrainingProgress progress = new TrainingProgress();
    progress.epoch = steps / FIT.batches();
    progress.batch = steps % FIT.batches();
    progress.steps = steps;
    progress.epochLossSum = random.nextDouble();
    progress.accumulated = filled(PARAMETERS, random);
    progress.objectiveHistory.add(1.0);
    for (int epoch = 0; epoch < progress.epoch; epoch++) {
      progress.objectiveHistory.add(random.nextDouble());
      progress.validationHistory.add(random.nextDouble());
      progress.epochSeconds.add(random.nextDouble());
      progress.sequencesPerSecond.add(random.nextDouble());
      progress.gradientNorms.add(random.nextDouble());
    }
    Round round = new Round(PARAMETERS, 10);
    System.arraycopy(filled(PARAMETERS, random), 0, round.parameters, 0, PARAMETERS);
    System.arraycopy(filled(10, random), 0, round.states, 0, 10);
    Optimizer optimizer =
        new OptimizerSettings("adam", 0.1, 0, false, 0, 1, 0.9).create(PARAMETERS);
    for (int step = 0; step < steps; step++) {
      optimizer.step(round.parameters, filled(PARAMETERS, random), 0.1);
    }
    EarlyStopping stopping = new EarlyStopping(3, 0, PARAMETERS);
    if (progress.epoch > 0) {
      stopping.observe(1, 0.5, round.parameters);
    }
    return new Checkpoint(progress, round, optimizer, stopping);
  }

  private static float[] filled(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static String state(Checkpoint checkpoint) {
    return checkpoint.text() + Checkpoint.checksum(checkpoint.text(), checkpoint.arrays());
  }

  @Test
  void wholeFileIsTakenOver() throws IOException {
    CheckpointFile.write(files, path, saved);
    Checkpoint into = checkpoint(0, new Random(6));
    assertThat(state(into)).isNotEqualTo(state(saved));
    CheckpointFile.read(files, path, FIT, into);
    assertThat(state(into)).isEqualTo(state(saved));
  }

  @Test
  void damagedFilesAreRefusedAndChangeNothing() throws IOException {
    fuzz(4_000, 1);
  }

  @Test
  @Tag("slow")
  void fiftyThousandDamagedFilesAreRefusedAndChangeNothing() throws IOException {
    fuzz(50_000, 100_000);
  }

  private void fuzz(int count, long firstSeed) throws IOException {
    CheckpointFile.write(files, path, saved);
    byte[] whole = Files.readAllBytes(java.nio.file.Path.of(path.toUri().getPath()));
    CheckpointFile.read(files, path, FIT, checkpoint(0, new Random(6))); // loads the classes
    Checkpoint into = checkpoint(0, new Random(6));
    String before = state(into);
    int refused = 0;
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      Random random = new Random(seed);
      byte[] damaged = random.nextBoolean() ? Mutations.ofBytes(whole, random) : edited(random);
      Files.write(java.nio.file.Path.of(path.toUri().getPath()), damaged);
      long allocated = Allocation.bytesSoFar();
      try {
        CheckpointFile.read(files, path, FIT, into);
        assertWithin(into, seed);
        into = checkpoint(0, new Random(6));
      } catch (IOException refusal) {
        refused++;
        assertThat(refusal.getMessage()).as("seed %d", seed).isNotBlank().hasSizeLessThan(1000);
        assertThat(state(into)).as("seed %d", seed).isEqualTo(before);
      } catch (RuntimeException | Error broken) {
        throw new AssertionError("seed " + seed, broken);
      }
      if (Allocation.bytesSoFar() - allocated >= MOST_BYTES) {
        // The first refusal of its kind loads classes; the second doesn't.
        assertThat(allocatedByRefusal()).as("seed %d", seed).isLessThan(MOST_BYTES);
      }
    }
    System.out.println("checkpoints: " + count + " damaged, " + refused + " refused");
    assertThat(refused).isGreaterThan(count / 2);
  }

  private long allocatedByRefusal() {
    Checkpoint into = checkpoint(0, new Random(6));
    long before = Allocation.bytesSoFar();
    assertThatThrownBy(() -> CheckpointFile.read(files, path, FIT, into))
        .isInstanceOf(IOException.class);
    return Allocation.bytesSoFar() - before;
  }

  private static void assertWithin(Checkpoint taken, long seed) {
    Map<String, String> text = taken.text();
    assertThat(Integer.parseInt(text.get("epoch"))).as("seed %d", seed).isBetween(0, FIT.maxIter());
    assertThat(Integer.parseInt(text.get("batch"))).as("seed %d", seed).isBetween(0, FIT.batches());
    assertThat(Integer.parseInt(text.get("bestEpoch"))).as("seed %d", seed).isBetween(0, 6);
    assertThat(Long.parseLong(text.get("optimizerSteps"))).as("seed %d", seed).isBetween(0L, 24L);
  }

  /** A file whose form and checksum are right, with other texts or arrays in it. */
  private byte[] edited(Random random) throws IOException {
    Map<String, String> text = saved.text();
    List<String> names = new ArrayList<>(text.keySet());
    String name = names.get(random.nextInt(names.size()));
    Map<String, float[]> arrays = new LinkedHashMap<>(saved.arrays());
    List<String> tensors = new ArrayList<>(arrays.keySet());
    String tensor = tensors.get(random.nextInt(tensors.size()));
    switch (random.nextInt(6)) {
      case 0 -> text.remove(name);
      case 1 -> arrays.remove(tensor);
      case 2 -> arrays.put(tensor, new float[random.nextInt(100)]);
      case 3 -> arrays.put(tensor + random.nextInt(3), new float[PARAMETERS]);
      case 4 -> text.put(name, text.get(names.get(random.nextInt(names.size()))));
      default -> {
        byte[] value = text.get(name).getBytes(StandardCharsets.UTF_8);
        byte[] other =
            random.nextBoolean()
                ? Mutations.ofBytes(value, random)
                : Mutations.ofJson(value, random);
        text.put(name, new String(other, StandardCharsets.UTF_8));
      }
    }
    text.put("checksum", Checkpoint.checksum(text, arrays));
    List<NamedTensor> written = new ArrayList<>();
    arrays.forEach(
        (key, array) -> written.add(new NamedTensor(key, List.of(array.length), array, 0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, text, written);
    return out.toByteArray();
  }
}
