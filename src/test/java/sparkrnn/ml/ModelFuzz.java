package sparkrnn.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import sparkrnn.LocalSpark;
import sparkrnn.Mutations;
import sparkrnn.contract.Allocation;
import sparkrnn.feature.SequenceScaler;
import sparkrnn.feature.SequenceScalerModel;
import sparkrnn.feature.TokenIndexer;
import sparkrnn.feature.TokenIndexerModel;

/**
 * Saved models of every kind whose files are damaged and then loaded. What is loaded without a
 * complaint must be a model that can tell its weights.
 */
final class ModelFuzz {

  /** Allocated for a directory of some ten kilobytes, whatever it claims. */
  private static final long MOST_BYTES = 64 << 20;

  private static final int MOST_MESSAGE = 2000;

  /** One kind of model: its files and what loads it. */
  private record Kind(Map<String, byte[]> files, Supplier<MLReader<?>> reader) {}

  /**
   * What became of the damaged directories.
   *
   * @param loaded as models without a complaint
   */
  record Outcome(int count, int refused, int loaded) {}

  private final Path directory;
  private final List<Kind> kinds = new ArrayList<>();

  /** Fits and saves one small model of each kind. */
  ModelFuzz(Path directory) throws IOException {
    this.directory = directory;
    SparkSession spark = LocalSpark.session();
    RnnRegressionModel regression =
        SequenceRows.small()
            .setUnits(4, 4)
            .setValidationFraction(0.2)
            .fit(SequenceRows.means(spark, 40));
    add(regression, RnnRegressionModel::read);
    add(regression.encoder(), RnnEncoder::read);
    add(ClassRows.small().fit(ClassRows.texts(spark, 40)), RnnClassificationModel::read);
    add(TagRows.small().fit(TagRows.texts(spark, 40)), RnnTaggingModel::read);
    add(StreamRows.small().fit(StreamRows.texts(spark, 10, 20)), RnnTextModel::read);
    add(ForecastRows.small().fit(ForecastRows.shops(spark)), RnnForecastModel::read);
    add(
        new TokenIndexer().setInputCol("text").fit(StreamRows.texts(spark, 5, 20)),
        TokenIndexerModel::read);
    add(
        new SequenceScaler().setInputCol("features").fit(SequenceRows.means(spark, 40)),
        SequenceScalerModel::read);
  }

  private void add(MLWritable model, Supplier<MLReader<?>> reader) throws IOException {
    Path saved = directory.resolve("kind-" + kinds.size());
    model.write().saveToLocal(saved.toString());
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> found = Files.list(saved)) {
      // What begins with a dot is Hadoop's own, with checksums, and read by it alone.
      for (Path file :
          found.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    kinds.add(new Kind(files, reader));
  }

  /**
   * Damages and loads so many directories, each by the numbers of its own seed.
   *
   * @throws AssertionError if one does not end in a refusal that names the directory or in a model
   */
  Outcome run(int count, long firstSeed) throws IOException {
    int refused = 0;
    Map<String, Throwable> broken = new LinkedHashMap<>();
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      Random random = new Random(seed);
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      Path path = write(kind, random);
      long allocated = Allocation.bytesSoFar();
      Throwable end = new Throwable("loaded");
      try {
        check(kind.reader().get().loadFromLocal(path.toString()));
      } catch (IllegalArgumentException refusal) {
        refused++;
        end = refusal;
        if (!String.valueOf(refusal.getMessage()).contains(path.toString())
            || refusal.getMessage().length() > MOST_MESSAGE) {
          broken.putIfAbsent(place(refusal), new AssertionError("seed " + seed, refusal));
        }
      } catch (Throwable other) {
        broken.putIfAbsent(place(other), new AssertionError("seed " + seed, other));
      }
      allocated = Allocation.bytesSoFar() - allocated;
      if (allocated > MOST_BYTES) {
        String sentence = "seed " + seed + " allocated " + allocated + " bytes";
        broken.putIfAbsent("memory, " + place(end), new AssertionError(sentence, end));
      }
    }
    if (!broken.isEmpty()) {
      AssertionError all = new AssertionError(broken.size() + " places: " + broken.keySet());
      broken.values().forEach(all::addSuppressed);
      throw all;
    }
    return new Outcome(count, refused, count - refused);
  }

  /** One failure of each is enough. */
  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static void check(Object loaded) {
    if (loaded.toString().isEmpty()) {
      throw new AssertionError("a model without a name");
    }
    if (loaded instanceof RnnModel<?> model) {
      model.describe();
      for (float[] tensor : model.weights().values()) {
        for (float weight : tensor) {
          if (!Float.isFinite(weight)) {
            throw new AssertionError("a weight is " + weight);
          }
        }
      }
      if (model.hasSummary()) {
        model.summary().objectiveHistory();
        model.summary().validationHistory();
      }
    }
  }

  private Path write(Kind kind, Random random) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(kind.files());
    List<String> names = List.copyOf(files.keySet());
    int acts = random.nextInt(4) == 0 ? 2 : 1;
    for (int act = 0; act < acts; act++) {
      String name = names.get(random.nextInt(names.size()));
      byte[] whole = files.get(name);
      if (whole == null) {
        continue;
      }
      Kind other = kinds.get(random.nextInt(kinds.size()));
      switch (random.nextInt(20)) {
        case 0 -> files.remove(name);
        case 1 -> files.put(name, other.files().getOrDefault(name, new byte[0]));
        case 2 -> files.put(name, files.get(names.get(random.nextInt(names.size()))));
        default -> {
          boolean json = !name.endsWith(".safetensors") && random.nextInt(4) > 0;
          files.put(
              name, json ? Mutations.ofJson(whole, random) : Mutations.ofBytes(whole, random));
        }
      }
    }
    Path path = directory.resolve("damaged");
    clear(path);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getValue() != null) {
        Files.write(path.resolve(file.getKey()), file.getValue());
      }
    }
    return path;
  }

  private static void clear(Path path) throws IOException {
    Files.createDirectories(path);
    try (Stream<Path> old = Files.list(path)) {
      old.forEach(
          file -> {
            try {
              Files.delete(file);
            } catch (IOException undeletable) {
              throw new UncheckedIOException(undeletable);
            }
          });
    }
  }

  /** Arguments: a directory, how many, the first seed. */
  public static void main(String[] arguments) throws IOException {
    Outcome outcome =
        new ModelFuzz(Path.of(arguments[0]))
            .run(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    System.out.println(outcome);
    LocalSpark.session().stop();
  }
}
