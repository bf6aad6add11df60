package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.network.Specs.pooled;
import static sparkrnn.network.Specs.residual;
import static sparkrnn.network.Specs.zoningOut;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.oracle.NetworkOracle;
import sparkrnn.sequence.PackedSequences;

/** If it fails, attributions are those of another function than the network. */
class InputGradientTest {

  private static final int SEQUENCES = 5;
  private static final List<String> CELLS = List.of("simpleRnn", "lstm", "layerNormLstm", "gru");

  /** Every cell in both directions under every pooling, and what else layers can do. */
  private static List<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (String pooling : List.of("last", "mean", "max", "attention")) {
      for (String cell : CELLS) {
        specs.add(pooled(pooling, network(3, 2, "mse", layer(cell, 5))));
        specs.add(pooled(pooling, network(2, 3, "mse", bidirectional(cell, 4))));
      }
    }
    specs.add(network(2, 1, "mse", layer("simpleRnn", 4, "relu"), layer("gru", 3)));
    specs.add(network(4, 1, "mse", residual(layer("gru", 4)), residual(bidirectional("lstm", 2))));
    specs.add(network(3, 2, "mse", zoningOut(0.3, layer("lstm", 5)), layer("lstm", 4)));
    specs.add(
        network(3, 2, "mse", bidirectional("lstm", 4), layer("gru", 5))
            .withEmbeddings(List.of(new EmbeddingSpec(1, 6, 4))));
    return specs;
  }

  private static final class Case {
    final NetworkSpec spec;
    final Network network;
    final NetworkOracle oracle;
    final Shard shard;
    final float[] parameters;
    final float[] x;
    final float[] dOutputs;

    Case(Random random, NetworkSpec spec) {
      this.spec = spec;
      network = new Network(spec);
      oracle = new NetworkOracle(spec, network.layout());
      shard = Shard.draw(random, SEQUENCES, 6);
      parameters = normals(random, network.layout().size(), 0.4);
      x = normals(random, shard.rows() * spec.inputs(), 1);
      for (EmbeddingSpec embedding : spec.embeddings()) {
        for (int n = 0; n < shard.rows(); n++) {
          x[n * spec.inputs() + embedding.feature()] = random.nextInt(embedding.vocabularySize());
        }
      }
      dOutputs = normals(random, SEQUENCES * spec.outputs(), 1);
    }

    float[] gradient() {
      InputGradient gradient = new InputGradient(network, parameters);
      float[] e = gradient.embed(shard.packed(), x);
      gradient.forward(shard.packed(), e);
      float[] de = new float[shard.rows() * gradient.embeddedSize()];
      gradient.backward(shard.packed(), dOutputs, de);
      return de;
    }

    /** The weighted sum of the outputs for one sequence. */
    double value(int s, double[][] sequence) {
      double[] outputs = oracle.predict(doubles(parameters), sequence);
      double value = 0;
      for (int k = 0; k < outputs.length; k++) {
        value += dOutputs[s * outputs.length + k] * outputs[k];
      }
      return value;
    }

    double slope(int s, int t, int feature, double step) {
      double[][] sequence = shard.sequence(s, doubles(x), spec.inputs());
      double at = sequence[t][feature];
      sequence[t][feature] = at + step;
      double above = value(s, sequence);
      sequence[t][feature] = at - step;
      return (above - value(s, sequence)) / (2 * step);
    }

    /** (rows, features) by differences; null where the function has a kink within the step. */
    double[] slopes() {
      double[] slopes = new double[x.length];
      for (int s = 0; s < SEQUENCES; s++) {
        for (int t = 0; t < shard.lengths()[s]; t++) {
          for (int feature = 0; feature < spec.inputs(); feature++) {
            double whole = slope(s, t, feature, 1e-5);
            if (isNumber(feature) && Math.abs(whole - slope(s, t, feature, 0.5e-5)) > 1e-7) {
              return null;
            }
            slopes[shard.row(s, t) * spec.inputs() + feature] = isNumber(feature) ? whole : 0;
          }
        }
      }
      return slopes;
    }

    boolean isNumber(int feature) {
      return spec.embeddings().stream().noneMatch(each -> each.feature() == feature);
    }

    /** The columns of the gradient that belong to numbers, zero for ids. */
    float[] numbers(float[] de) {
      float[] numbers = new float[x.length];
      int from = 0;
      for (int n = 0; n < numbers.length; n++) {
        int feature = n % spec.inputs();
        numbers[n] = isNumber(feature) ? de[from] : 0;
        from +=
            spec.embeddings().stream()
                .filter(each -> each.feature() == feature)
                .mapToInt(EmbeddingSpec::size)
                .findFirst()
                .orElse(1);
      }
      return numbers;
    }

    int terms() {
      return shard.rows()
          + 8 * spec.recurrentLayers().stream().mapToInt(RecurrentSpec::outputs).sum();
    }
  }

  @RandomTest
  void gradientIsTheSlopeOfTheEquations(Random random) {
    for (NetworkSpec spec : specs()) {
      Case c = new Case(random, spec);
      double[] slopes = c.slopes();
      for (int draws = 1; slopes == null; draws++) {
        assertThat(draws).as("draws of %s", spec).isLessThan(10);
        c = new Case(random, spec);
        slopes = c.slopes();
      }
      assertAgrees(spec.toString(), c.numbers(c.gradient()), slopes, c.terms());
    }
  }

  /** An output of a time step is that of a network with one output on the sequence up to it. */
  @RandomTest
  void gradientOfATimeStepIsThatOfTheSequenceUpToIt(Random random) {
    NetworkSpec spec = pooled("none", network(2, 3, "mse", layer("gru", 5), layer("lstm", 4)));
    Network every = new Network(spec);
    Network last = new Network(pooled("last", spec));
    float[] parameters = normals(random, every.layout().size(), 0.4);
    float[] x = normals(random, 7 * 2, 1);
    InputGradient ofEvery = new InputGradient(every, parameters);
    InputGradient ofLast = new InputGradient(last, parameters);
    Shard whole = new Shard(new int[] {7});
    Shard prefix = new Shard(new int[] {4});
    float[] all = new float[14];
    float[] some = new float[14];
    float[] dOutputs = new float[21];
    dOutputs[3 * 3 + 1] = 1;
    ofEvery.forward(whole.packed(), x);
    ofEvery.backward(whole.packed(), dOutputs, all);
    ofLast.forward(prefix.packed(), x);
    ofLast.backward(prefix.packed(), new float[] {0, 1, 0}, some);
    assertThat(Arrays.copyOfRange(all, 8, 14)).containsOnly(0f);
    assertAgrees("prefix", all, doubles(Arrays.copyOf(some, 8)), 40);
  }

  /** If it fails, explaining a large data set keeps the garbage collector busy. */
  @RandomTest
  void allocatesNothingOnceTheBuffersHaveGrown(Random random) {
    for (NetworkSpec spec : specs().subList(0, 4)) {
      Case c = new Case(random, spec);
      InputGradient gradient = new InputGradient(c.network, c.parameters);
      float[] de = new float[c.shard.rows() * gradient.embeddedSize()];
      PackedSequences packed = c.shard.packed();
      float[] x = c.x;
      float[] dOutputs = c.dOutputs;
      Runnable run =
          () -> {
            gradient.forward(packed, gradient.embed(packed, x));
            gradient.backward(packed, dOutputs, de);
          };
      assertThat(Allocation.bytesPerRun(run)).as("%s", spec).isZero();
    }
  }
}
