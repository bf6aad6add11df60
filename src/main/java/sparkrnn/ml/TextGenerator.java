package sparkrnn.ml;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import sparkrnn.data.Vocabulary;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/** Draws tokens one after the other, each given those before it; in the calling thread. */
final class TextGenerator {

  /** A stream of random numbers that no fit with the same seed takes. */
  private static final long STREAM = -2;

  private final Network network;
  private final NetworkWorkspace workspace;
  private final PackedSequences one = PackedSequences.of(1);
  private final float[] parameters;
  private final float[] state;
  private final float[] x = new float[1];
  private final int firstId;

  TextGenerator(FittedNetwork fitted, Vocabulary vocabulary) {
    this.network = fitted.network();
    this.workspace = network.newWorkspace();
    this.parameters = fitted.parameters();
    this.state = new float[network.stateSize()];
    this.firstId = vocabulary.hasUnknown() ? 1 : 0;
  }

  /**
   * The ids of the tokens that follow a prompt; never that of unknown tokens.
   *
   * @param prompt at least one id
   * @param length how many to draw, at least 0
   */
  int[] generate(int[] prompt, int length, Sampling sampling) {
    if (length < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "RnnTextModel: length is %d; it must be at least 0.", length));
    }
    Arrays.fill(state, 0f);
    CounterRandom random = new CounterRandom(sampling.seed(), STREAM);
    for (int id : prompt) {
      read(id);
    }
    int[] drawn = new int[length];
    for (int i = 0; i < length; i++) {
      drawn[i] = draw(sampling, random.uniform(i));
      read(drawn[i]);
    }
    return drawn;
  }

  private void read(int id) {
    x[0] = id;
    network.setStates(workspace, 1, state, 0);
    network.forward(workspace, one, x, parameters);
    network.copyStates(workspace, 1, state, 0);
  }

  /** The token at a place of the probabilities' sum, the likeliest first. */
  private int draw(Sampling sampling, double place) {
    double[] probability = probabilities(sampling.temperature());
    int[] likeliest =
        IntStream.range(firstId, probability.length)
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -probability[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    int most = sampling.topK() == 0 ? likeliest.length : sampling.topK();
    int allowed = Math.min(most, likeliest.length);
    double all = 0;
    for (int i = 0; i < allowed; i++) {
      all += probability[likeliest[i]];
    }
    double sum = 0;
    int kept = 0;
    while (kept < allowed && (kept == 0 || sum < sampling.topP() * all)) {
      sum += probability[likeliest[kept++]];
    }
    double wanted = place * sum;
    double reached = 0;
    for (int i = 0; i < kept; i++) {
      reached += probability[likeliest[i]];
      if (wanted < reached) {
        return likeliest[i];
      }
    }
    return likeliest[kept - 1];
  }

  /** Softmax of the outputs over the temperature, of the tokens that may be drawn. */
  private double[] probabilities(double temperature) {
    float[] outputs = workspace.predictions();
    double[] probability = new double[network.spec().outputs()];
    double most = Double.NEGATIVE_INFINITY;
    for (int id = firstId; id < probability.length; id++) {
      most = Math.max(most, outputs[id]);
    }
    double sum = 0;
    for (int id = firstId; id < probability.length; id++) {
      probability[id] = StrictMath.exp((outputs[id] - most) / temperature);
      sum += probability[id];
    }
    for (int id = firstId; id < probability.length; id++) {
      probability[id] /= sum;
    }
    return probability;
  }
}
