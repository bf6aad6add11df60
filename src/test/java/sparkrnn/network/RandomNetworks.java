package sparkrnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sparkrnn.loss.LossType;

/** Networks of every kind that a spec can describe, small, each a function of a seed. */
public final class RandomNetworks {

  private static final List<String> CELLS = List.of("simpleRnn", "lstm", "layerNormLstm", "gru");
  private static final List<String> POOLINGS = List.of("last", "mean", "max", "attention", "none");
  private static final double ZONEOUT = 0.15;

  private final Random random;

  private RandomNetworks(long seed) {
    // Of neighbouring seeds Random's first numbers are nearly the same.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** A network of this loss and pooling; the rest is drawn. */
  public static NetworkSpec spec(long seed, LossType loss, String pooling) {
    return new RandomNetworks(seed).spec(loss, pooling);
  }

  /** A drawn network. */
  public static NetworkSpec spec(long seed) {
    RandomNetworks networks = new RandomNetworks(seed);
    LossType[] losses = LossType.values();
    return networks.spec(losses[networks.random.nextInt(losses.length)], networks.oneOf(POOLINGS));
  }

  /** Parameters between -0.5 and 0.5. */
  public static float[] parameters(long seed, NetworkSpec spec) {
    Random random = new Random(seed);
    float[] parameters = new float[new Network(spec).layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    return parameters;
  }

  /**
   * Sequences of different lengths for a network, one of them of length 1.
   *
   * @return (sequences, time steps, inputs)
   */
  public static float[][][] sequences(long seed, NetworkSpec spec, int count, int longest) {
    Random random = new Random(seed);
    float[][][] sequences = new float[count][][];
    for (int s = 0; s < count; s++) {
      int length = s == count / 2 ? 1 : 1 + random.nextInt(longest);
      sequences[s] = new float[length][spec.inputs()];
      for (float[] timeStep : sequences[s]) {
        for (int feature = 0; feature < timeStep.length; feature++) {
          timeStep[feature] = (float) random.nextGaussian();
        }
        for (EmbeddingSpec ids : spec.embeddings()) {
          timeStep[ids.feature()] = random.nextInt(ids.vocabularySize());
        }
      }
    }
    return sequences;
  }

  private NetworkSpec spec(LossType loss, String pooling) {
    int inputs = 1 + random.nextInt(4);
    List<EmbeddingSpec> embeddings = embeddings(inputs);
    int width = inputs - embeddings.size();
    for (EmbeddingSpec embedding : embeddings) {
      width += embedding.size();
    }
    List<Double> quantiles = loss == LossType.PINBALL ? List.of(0.1, 0.4, 0.5, 0.9) : List.of();
    int each =
        switch (loss) {
          case PINBALL -> quantiles.size();
          case GAUSSIAN, NEGATIVE_BINOMIAL -> 2;
          case STUDENT_T -> 3;
          default -> 1;
        };
    boolean crf =
        loss == LossType.SPARSE_CROSS_ENTROPY && pooling.equals("none") && random.nextBoolean();
    return new NetworkSpec(
            inputs, layers(width), each * (1 + random.nextInt(3)), loss.specName(), 1, pooling)
        .withEmbeddings(embeddings)
        .withQuantiles(quantiles)
        .withCrf(crf);
  }

  private List<EmbeddingSpec> embeddings(int inputs) {
    List<EmbeddingSpec> embeddings = new ArrayList<>();
    for (int feature = 0; feature < inputs; feature++) {
      if (random.nextInt(3) == 0) {
        embeddings.add(new EmbeddingSpec(feature, 2 + random.nextInt(9), 1 + random.nextInt(4)));
      }
    }
    return embeddings;
  }

  private List<RecurrentSpec> layers(int inputs) {
    List<RecurrentSpec> layers = new ArrayList<>();
    int below = inputs;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String cell = oneOf(CELLS);
      String activation = cell.equals("simpleRnn") && random.nextBoolean() ? "relu" : "tanh";
      boolean bidirectional = random.nextBoolean();
      boolean asWide = random.nextBoolean() && below > 1 && !(bidirectional && below % 2 == 1);
      int units = asWide ? below / (bidirectional ? 2 : 1) : 2 + random.nextInt(6);
      RecurrentSpec layer =
          new RecurrentSpec(
              cell, units, activation, "glorot_uniform", "orthogonal", bidirectional, 0.1, 0);
      layer = layer.withZoneout(random.nextInt(4) == 0 ? ZONEOUT : 0);
      layers.add(layer.withResidual(layer.outputs() == below));
      below = layer.outputs();
    }
    return layers;
  }

  private String oneOf(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
