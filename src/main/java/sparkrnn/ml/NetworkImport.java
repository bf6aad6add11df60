package sparkrnn.ml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.SparkSession;
import sparkrnn.data.ClassLabels;
import sparkrnn.formats.ImportedNetwork;
import sparkrnn.formats.KerasReader;
import sparkrnn.formats.StateDictReader;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.safetensors.SafetensorsException;
import sparkrnn.safetensors.SafetensorsReader;
import sparkrnn.storage.SavedStage;

/** Networks from files of Keras and PyTorch, for a stage whose params say what the file doesn't. */
final class NetworkImport {

  private static final String KERAS = ".keras";
  private static final String SAFETENSORS = ".safetensors";

  private final RnnParams stage;
  private final String path;

  /**
   * @param stage that asks for it
   * @param path of the file, on any file system that Spark knows
   */
  NetworkImport(RnnParams stage, String path) {
    this.stage = stage;
    this.path = path;
  }

  /**
   * Whether a path is that of a file of another library, by its ending, and not of a saved model.
   */
  static boolean isFile(String path) {
    return path.endsWith(KERAS) || path.endsWith(SAFETENSORS);
  }

  /** The network of a file of either library, by its ending. */
  ImportedNetwork byEnding() {
    return path.endsWith(KERAS) ? keras() : pyTorch("mse");
  }

  /**
   * The network of a .keras file.
   *
   * @throws IllegalArgumentException if it can't be read as one that there is here
   */
  ImportedNetwork keras() {
    return read((in, length) -> KerasReader.read(in.readAllBytes()));
  }

  /**
   * The network of a state dict in safetensors.
   *
   * @param loss of the network
   * @throws IllegalArgumentException if it can't be read as one that there is here
   */
  ImportedNetwork pyTorch(String loss) {
    return read(
        (in, length) -> {
          SafetensorsReader reader = SafetensorsReader.open(in, length);
          String note = reader.metadata().get(ModelExport.NOTE);
          return StateDictReader.read(
              reader.tensors(), note == null ? ofParams(loss) : ofNote(note, loss));
        });
  }

  private StateDictReader.Untold ofParams(String loss) {
    return new StateDictReader.Untold(stage.getActivation(), stage.getResidual(), pooling(), loss);
  }

  /** Our own files know it all. */
  private static StateDictReader.Untold ofNote(String note, String loss) throws IOException {
    NetworkSpec spec = ModelDescription.fromJson(note.getBytes(StandardCharsets.UTF_8)).network();
    List<RecurrentSpec> layers = spec.recurrentLayers();
    return new StateDictReader.Untold(
        layers.get(0).activation(),
        layers.stream().anyMatch(RecurrentSpec::residual),
        spec.pooling(),
        spec.loss().endsWith("Entropy") ? spec.loss() : loss);
  }

  private String pooling() {
    return stage instanceof TaggingParams ? "none" : stage.getPooling();
  }

  /** What is made of a file. */
  private interface Content {
    ImportedNetwork of(InputStream in, long length) throws IOException;
  }

  private ImportedNetwork read(Content content) {
    Path file = new Path(path);
    try {
      FileSystem files =
          file.getFileSystem(SparkSession.active().sparkContext().hadoopConfiguration());
      long length = files.getFileStatus(file).getLen();
      try (InputStream in = files.open(file)) {
        return content.of(in, length);
      }
    } catch (SafetensorsException corrupt) {
      throw refusal(corrupt.getMessage(), corrupt);
    } catch (IOException unreadable) {
      throw refusal(SavedStage.reason(unreadable) + ".", unreadable);
    } catch (IllegalArgumentException other) {
      throw refusal(other.getMessage() + ".", other);
    }
  }

  private IllegalArgumentException refusal(String sentence, Exception cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: the file \"%s\" can't be imported: %s",
            stage.getClass().getSimpleName(),
            path,
            sentence),
        cause);
  }

  IllegalArgumentException refusal(String sentence) {
    return refusal(sentence, null);
  }

  /**
   * Gives a model the params that describe the network, and returns it as these describe it.
   *
   * @throws IllegalArgumentException if a param of the stage is set to something else, or params
   *     can't describe the network
   */
  FittedNetwork describedBy(RnnModel<?> model, ImportedNetwork found, Head head) {
    NetworkSpec spec = found.spec();
    List<RecurrentSpec> layers = spec.recurrentLayers();
    RecurrentSpec first = layers.get(0);
    take(model, stage.cell(), first.cell());
    take(model, stage.units(), layers.stream().mapToInt(RecurrentSpec::units).toArray());
    take(model, stage.activation(), first.activation());
    take(model, stage.bidirectional(), first.bidirectional());
    take(model, stage.residual(), layers.stream().anyMatch(RecurrentSpec::residual));
    take(model, stage.layerNormalization(), false);
    take(model, stage.zoneout(), 0.0);
    take(model, stage.embeddingSizes(), embeddingSizes(spec));
    if (!head.everyTimeStep()) {
      take(model, stage.pooling(), spec.pooling());
    }
    NetworkSpec described =
        FitInputs.network(
            model,
            spec.inputs(),
            spec.outputs(),
            head,
            FitInputs.features(model, spec).vocabularySizes());
    requireSame(described, spec);
    return new FittedNetwork(described, found.parameters());
  }

  private static int[] embeddingSizes(NetworkSpec spec) {
    if (spec.embeddings().isEmpty()) {
      return new int[0];
    }
    int[] sizes = new int[spec.inputs()];
    for (EmbeddingSpec embedding : spec.embeddings()) {
      sizes[embedding.feature()] = embedding.size();
    }
    return sizes;
  }

  /**
   * The labels of a file's outputs.
   *
   * @param arrays whether each output is a label by itself
   * @param given none: the numbers from 0
   */
  ClassLabels labels(int outputs, boolean arrays, String... given) {
    List<String> names = List.of(given);
    if (arrays && given.length > 0) {
      throw refusal(
          "its outputs are labels by themselves, those of arrays, which have no names. Import it"
              + " without labels.");
    }
    if (given.length > 0 && (given.length != outputs || Set.copyOf(names).size() != outputs)) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "there are %d labels (%s) and the file has %d outputs; each needs a label of its"
                  + " own.",
              given.length,
              String.join(", ", given),
              outputs));
    }
    if (given.length > 0) {
      return new ClassLabels(ClassLabels.Kind.TEXT, names);
    }
    List<String> numbers = ClassLabels.ofPlaces(outputs).names();
    return new ClassLabels(arrays ? ClassLabels.Kind.ARRAY : ClassLabels.Kind.NUMBER, numbers);
  }

  /**
   * Sets a param of the model.
   *
   * @throws IllegalArgumentException if that of the stage is set to something else
   */
  <T> void take(RnnModel<?> model, Param<T> param, T value) {
    if (stage.isSet(param) && !Objects.deepEquals(stage.getOrDefault(param), value)) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "%s is %s, and that of the file is %s. Clear %s, or set it so.",
              param.name(),
              text(stage.getOrDefault(param)),
              text(value),
              param.name()));
    }
    model.set(model.getParam(param.name()), value);
  }

  private static String text(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }

  /** Params know one cell for all layers, and residual layers by their widths. */
  private void requireSame(NetworkSpec described, NetworkSpec found) {
    for (int i = 0; i < found.recurrentLayers().size(); i++) {
      RecurrentSpec here = described.recurrentLayers().get(i);
      RecurrentSpec there = found.recurrentLayers().get(i);
      boolean same =
          here.cell().equals(there.cell())
              && here.activation().equals(there.activation())
              && here.bidirectional() == there.bidirectional()
              && here.residual() == there.residual();
      if (!same) {
        throw refusal(
            String.format(
                Locale.ROOT,
                "its recurrent layer %d is not like its first one; all layers of a stage have one"
                    + " cell, activation and direction, and all or none are residual that are as"
                    + " wide as the one below.",
                i));
      }
    }
    if (!described.pooling().equals(found.pooling())) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "its pooling is \"%s\"; that of a %s is \"%s\".",
              found.pooling(),
              stage.getClass().getSimpleName(),
              described.pooling()));
    }
  }
}
