package sparkrnn.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.onnx.OnnxModel;

/** One sequence of 50 time steps, by us and by ONNX Runtime on one thread; microseconds a row. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ScorerBenchmark {

  private static final int TIME_STEPS = 50;

  /** Cell, activation, units and features. */
  @Param({"simpleRnn,relu,128,1", "lstm,tanh,128,8", "gru,tanh,128,8", "lstm,tanh,16,1"})
  public String shape;

  private LocalScorer scorer;
  private OrtEnvironment environment;
  private OrtSession session;
  private float[][] sequence;

  /** Draws parameters and a sequence. */
  @Setup
  public void setUp() throws IOException, OrtException {
    String[] parts = shape.split(",");
    int features = Integer.parseInt(parts[3]);
    RecurrentSpec layer =
        new RecurrentSpec(
            parts[0], Integer.parseInt(parts[2]), parts[1], "glorot_uniform", "orthogonal");
    NetworkSpec spec = new NetworkSpec(features, List.of(layer), 1, "mse", 1);
    float[] parameters = RandomNetworks.parameters(1, spec);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 0.2f;
    }
    scorer = LocalScorer.of(spec, parameters, List.of());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    OnnxModel.write(file, spec, parameters, Map.of());
    environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(file.toByteArray(), options);
    sequence = new float[TIME_STEPS][features];
    for (int t = 0; t < TIME_STEPS; t++) {
      sequence[t][0] = (float) Math.sin(t);
    }
  }

  /** Ends ONNX Runtime's session. */
  @TearDown
  public void tearDown() throws OrtException {
    session.close();
  }

  /** The local scorer. */
  @Benchmark
  public double localScorer() {
    return scorer.predict(sequence)[0];
  }

  /** ONNX Runtime, its input and output tensors included. */
  @Benchmark
  public float onnxRuntime() throws OrtException {
    FloatBuffer values = FloatBuffer.allocate(TIME_STEPS * sequence[0].length);
    for (float[] timeStep : sequence) {
      values.put(timeStep);
    }
    long[] extents = {1, TIME_STEPS, sequence[0].length};
    try (OnnxTensor x = OnnxTensor.createTensor(environment, values.flip(), extents);
        OnnxTensor n =
            OnnxTensor.createTensor(
                environment, IntBuffer.wrap(new int[] {TIME_STEPS}), new long[] {1});
        OrtSession.Result result = session.run(Map.of("features", x, "lengths", n))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
    }
  }
}
