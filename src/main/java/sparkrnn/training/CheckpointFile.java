package sparkrnn.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import sparkrnn.exchange.Round;
import sparkrnn.optim.Optimizer;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.safetensors.SafetensorsReader;
import sparkrnn.safetensors.SafetensorsWriter;

/**
 * One checkpoint as a safetensors file: the flat arrays "parameters", "states" (what sequences that
 * are read piece by piece have carried so far), "best", "optimizer/..." and, where gradients wait
 * for their step, "accumulated", and the {@link TrainingProgress} in its metadata. Written beside
 * and renamed, so that a torn file is never taken for one.
 */
final class CheckpointFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Double>> DOUBLES = new TypeReference<>() {};

  private CheckpointFile() {}

  static void write(
      FileSystem files,
      Path path,
      TrainingProgress progress,
      Round round,
      Optimizer optimizer,
      EarlyStopping stopping)
      throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(flat("parameters", round.parameters));
    tensors.add(flat("states", round.states));
    tensors.add(flat("best", stopping.best()));
    if (progress.accumulated.length > 0) {
      tensors.add(flat("accumulated", progress.accumulated));
    }
    optimizer.state().forEach((name, array) -> tensors.add(flat("optimizer/" + name, array)));
    Path unfinished = new Path(path.getParent(), "." + path.getName() + ".unfinished");
    try (OutputStream out = files.create(unfinished, true)) {
      SafetensorsWriter.write(out, metadata(progress, optimizer, stopping), tensors);
    }
    files.delete(path, false);
    if (!files.rename(unfinished, path)) {
      throw new IOException("could not rename " + unfinished + " to " + path);
    }
  }

  private static NamedTensor flat(String name, float[] values) {
    return new NamedTensor(name, List.of(values.length), values, 0);
  }

  private static Map<String, String> metadata(
      TrainingProgress progress, Optimizer optimizer, EarlyStopping stopping) throws IOException {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("epoch", String.valueOf(progress.epoch));
    text.put("batch", String.valueOf(progress.batch));
    text.put("steps", String.valueOf(progress.steps));
    text.put("epochLossSum", String.valueOf(progress.epochLossSum));
    text.put("epochNormSum", String.valueOf(progress.epochNormSum));
    text.put("epochSecondsBefore", String.valueOf(progress.epochSecondsBefore));
    text.put("objectiveHistory", JSON.writeValueAsString(progress.objectiveHistory));
    text.put("validationHistory", JSON.writeValueAsString(progress.validationHistory));
    text.put("epochSeconds", JSON.writeValueAsString(progress.epochSeconds));
    text.put("sequencesPerSecond", JSON.writeValueAsString(progress.sequencesPerSecond));
    text.put("gradientNorms", JSON.writeValueAsString(progress.gradientNorms));
    text.put("optimizerSteps", String.valueOf(optimizer.steps()));
    text.put("bestEpoch", String.valueOf(stopping.bestEpoch()));
    text.put("bestLoss", String.valueOf(stopping.bestLoss()));
    text.put("waited", String.valueOf(stopping.waited()));
    return text;
  }

  /**
   * Takes over what a checkpoint holds.
   *
   * @param maxIter epochs of the fit that goes on
   * @throws IOException if the file can't be read, holds something else, or is of a later step than
   *     the fit's last one
   */
  static void read(
      FileSystem files,
      Path path,
      int maxIter,
      TrainingProgress progress,
      Round round,
      Optimizer optimizer,
      EarlyStopping stopping)
      throws IOException {
    Map<String, String> text;
    Map<String, float[]> arrays = new LinkedHashMap<>();
    try (InputStream in = files.open(path)) {
      SafetensorsReader reader = SafetensorsReader.open(in, files.getFileStatus(path).getLen());
      text = reader.metadata();
      for (NamedTensor tensor : reader.tensors()) {
        arrays.put(tensor.name(), tensor.values());
      }
    }
    try {
      checkNotBeyond(text, maxIter);
      float[] accumulated = arrays.remove("accumulated");
      restoreArrays(arrays, text, round, optimizer, stopping);
      if (progress.accumulated.length > 0) {
        System.arraycopy(accumulated, 0, progress.accumulated, 0, progress.accumulated.length);
      }
      restoreProgress(text, progress);
    } catch (IllegalArgumentException | NullPointerException other) {
      throw new IOException("it is not a checkpoint of this version: " + other.getMessage(), other);
    }
  }

  private static void checkNotBeyond(Map<String, String> text, int maxIter) throws IOException {
    int epoch = Integer.parseInt(text.get("epoch"));
    boolean inside = Integer.parseInt(text.get("batch")) > 0;
    if (epoch > maxIter || (epoch == maxIter && inside)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it is of epoch %d and maxIter is %d; it stays for a fit that is longer",
              inside ? epoch + 1 : epoch,
              maxIter));
    }
  }

  private static void restoreArrays(
      Map<String, float[]> arrays,
      Map<String, String> text,
      Round round,
      Optimizer optimizer,
      EarlyStopping stopping) {
    float[] saved = arrays.remove("parameters");
    float[] best = arrays.remove("best");
    float[] states = arrays.remove("states");
    float[] parameters = round.parameters;
    if (saved.length != parameters.length || best.length != parameters.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "it holds %d parameters; the network has %d",
              saved.length,
              parameters.length));
    }
    if (states.length != round.states.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "it holds %d numbers of state; the fit carries %d",
              states.length,
              round.states.length));
    }
    Map<String, float[]> state = new LinkedHashMap<>();
    arrays.forEach((name, array) -> state.put(name.substring("optimizer/".length()), array));
    optimizer.restore(Long.parseLong(text.get("optimizerSteps")), state);
    stopping.restore(
        Integer.parseInt(text.get("bestEpoch")),
        Double.parseDouble(text.get("bestLoss")),
        Integer.parseInt(text.get("waited")),
        best);
    System.arraycopy(saved, 0, parameters, 0, saved.length);
    System.arraycopy(states, 0, round.states, 0, states.length);
  }

  private static void restoreProgress(Map<String, String> text, TrainingProgress progress)
      throws IOException {
    progress.epoch = Integer.parseInt(text.get("epoch"));
    progress.batch = Integer.parseInt(text.get("batch"));
    progress.steps = Long.parseLong(text.get("steps"));
    progress.epochLossSum = Double.parseDouble(text.get("epochLossSum"));
    progress.epochNormSum = Double.parseDouble(text.get("epochNormSum"));
    progress.epochSecondsBefore = Double.parseDouble(text.get("epochSecondsBefore"));
    replace(progress.objectiveHistory, text.get("objectiveHistory"));
    replace(progress.validationHistory, text.get("validationHistory"));
    replace(progress.epochSeconds, text.get("epochSeconds"));
    replace(progress.sequencesPerSecond, text.get("sequencesPerSecond"));
    replace(progress.gradientNorms, text.get("gradientNorms"));
  }

  private static void replace(List<Double> list, String json) throws IOException {
    List<Double> saved = JSON.readValue(json, DOUBLES);
    list.clear();
    list.addAll(saved);
  }
}
