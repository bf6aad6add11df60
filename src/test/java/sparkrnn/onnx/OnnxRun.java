package sparkrnn.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime with one of our files. */
public final class OnnxRun implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Loads a model, on one thread. */
  public OnnxRun(byte[] model) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(model, options);
  }

  /** What the file notes beside the network. */
  public Map<String, String> notes() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /**
   * The outputs by their names, flat.
   *
   * @param sequences (B, time steps, F), filled up here to the longest
   * @param filler of what is filled up
   */
  public Map<String, float[]> run(float[][][] sequences, float filler) throws OrtException {
    int longest = Arrays.stream(sequences).mapToInt(each -> each.length).max().orElseThrow();
    int features = sequences[0][0].length;
    FloatBuffer values = FloatBuffer.allocate(sequences.length * longest * features);
    IntBuffer lengths = IntBuffer.allocate(sequences.length);
    for (float[][] sequence : sequences) {
      for (int t = 0; t < longest; t++) {
        for (int f = 0; f < features; f++) {
          values.put(t < sequence.length ? sequence[t][f] : filler);
        }
      }
      lengths.put(sequence.length);
    }
    long[] shape = {sequences.length, longest, features};
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OnnxTensor x = OnnxTensor.createTensor(environment, values.flip(), shape);
        OnnxTensor n =
            OnnxTensor.createTensor(environment, lengths.flip(), new long[] {sequences.length});
        OrtSession.Result result = session.run(Map.of("features", x, "lengths", n))) {
      for (Map.Entry<String, OnnxValue> each : result) {
        FloatBuffer buffer = ((OnnxTensor) each.getValue()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        outputs.put(each.getKey(), numbers);
      }
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
