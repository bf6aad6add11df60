package sparkrnn.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/**
 * A trained network that scores one sequence at a time, for services: any number of threads may
 * share it, and it needs neither a Spark session nor Spark's jars.
 *
 * <pre>
 *   LocalScorer scorer = LocalScorer.open(Path.of("model"));    a saved model, on the local disk
 *   double[] prediction = scorer.predict(sequence);             (time steps, features)
 * </pre>
 *
 * <p>The results are those of the model's transform to the rounding of sums: a batch may add them
 * up in another order. Features are the numbers that the network reads, an id as its number:
 * windows, scaling and vocabularies belong to the stages before the network, and of forecasters and
 * language models to the stage itself.
 *
 * <p>Each thread that scores at the same time has buffers for the longest sequence that it met;
 * they are kept for the next ones.
 *
 * <p>Serializable, so that a function or a stateful processor of Spark may hold one and take it to
 * the executors, as it takes itself; files of models are written by the model's {@code save}.
 */
public final class LocalScorer implements Serializable {

  private static final long serialVersionUID = 1L;

  private final transient NetworkSpec spec;
  private final transient Network network;
  private final transient float[] parameters;
  private final transient List<String> labels;
  private final transient boolean encodes;
  private final transient ConcurrentLinkedQueue<ScoringRun> idle = new ConcurrentLinkedQueue<>();

  /** What goes to another JVM in place of a scorer. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Parts(NetworkSpec spec, float[] parameters, List<String> labels, boolean encodes)
      implements Serializable {

    private Object readResolve() {
      return new LocalScorer(spec, parameters, labels, encodes);
    }
  }

  private LocalScorer(NetworkSpec spec, float[] parameters, List<String> labels, boolean encodes) {
    this.spec = spec;
    this.network = new Network(spec);
    this.parameters = parameters;
    this.labels = List.copyOf(labels);
    this.encodes = encodes;
    if (parameters.length != network.layout().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "LocalScorer: there are %d parameters; the network has %d.",
              parameters.length,
              network.layout().size()));
    }
  }

  /**
   * A scorer of a network with its head.
   *
   * @param parameters in the layout of the network; not copied, nobody may write to them afterwards
   * @param labels in the order of the outputs; empty where there are none
   * @throws IllegalArgumentException if there are more or fewer parameters than the network has
   */
  public static LocalScorer of(NetworkSpec spec, float[] parameters, List<String> labels) {
    return new LocalScorer(spec, parameters, labels, false);
  }

  /**
   * A scorer that gives what a network makes of a sequence before its head.
   *
   * @param parameters in the layout of the network; not copied, nobody may write to them afterwards
   * @throws IllegalArgumentException if there are more or fewer parameters than the network has
   */
  public static LocalScorer ofEncoder(NetworkSpec spec, float[] parameters) {
    return new LocalScorer(spec, parameters, List.of(), true);
  }

  /**
   * A scorer of the model that was saved in a directory of the local file system.
   *
   * @throws IOException if a file is missing, cut short or edited; the message names it
   */
  public static LocalScorer open(Path directory) throws IOException {
    SavedNetwork saved = SavedNetwork.read(directory);
    return new LocalScorer(saved.spec(), saved.parameters(), saved.labels(), saved.encodes());
  }

  /** Another scorer in its place where it is read again. */
  private Object writeReplace() {
    return new Parts(spec, parameters, labels, encodes);
  }

  /**
   * A scorer of sequences that go on, time step by time step.
   *
   * @throws IllegalArgumentException if the network can't: a layer is bidirectional, the pooling is
   *     attention, or there is a CRF
   */
  public StepScorer steps() {
    return new StepScorer(network, parameters, labels, encodes);
  }

  /** Features of one time step. */
  public int numFeatures() {
    return spec.inputs();
  }

  /** The labels in the order of the probabilities; empty where there are none. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The prediction for one sequence: the numbers of a regression, the probabilities of the labels,
   * quantiles, or the numbers of a distribution; of an encoder its vector.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   * @throws IllegalStateException if the network has outputs for every time step
   */
  public double[] predict(float[][] sequence) {
    if (everyTimeStep()) {
      throw new IllegalStateException(
          "LocalScorer: the network has outputs for every time step. Call predictTimeSteps.");
    }
    return scored(run -> run.prediction(sequence));
  }

  /** The same for numbers in double precision, which the network rounds to single precision. */
  public double[] predict(double[][] sequence) {
    return predict(singles(sequence));
  }

  /**
   * The probabilities of the labels, or the predicted numbers, in each time step of one sequence;
   * with a CRF whatever the other labels are.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @return (time steps, outputs)
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   * @throws IllegalStateException if the network has one output for a sequence
   */
  public double[][] predictTimeSteps(float[][] sequence) {
    requireTimeSteps();
    return scored(run -> run.probabilities(sequence));
  }

  /**
   * The label of each time step of one sequence; with a CRF the most probable labels together.
   *
   * @param sequence (time steps, features), finite, at least one time step
   * @throws IllegalArgumentException if it has another shape or a value that is not finite
   * @throws IllegalStateException if the network has one output for a sequence, or no labels
   */
  public String[] predictLabels(float[][] sequence) {
    requireTimeSteps();
    if (labels.isEmpty()) {
      throw new IllegalStateException(
          "LocalScorer: the model has no labels. Call predictTimeSteps for its numbers.");
    }
    int[] places = scored(run -> run.places(sequence));
    String[] names = new String[places.length];
    for (int t = 0; t < places.length; t++) {
      names[t] = labels.get(places[t]);
    }
    return names;
  }

  private void requireTimeSteps() {
    if (!everyTimeStep()) {
      throw new IllegalStateException(
          "LocalScorer: the network has one output for a sequence. Call predict.");
    }
  }

  private boolean everyTimeStep() {
    return network.everyTimeStep() && !encodes;
  }

  private <R> R scored(Function<ScoringRun, R> score) {
    ScoringRun run = idle.poll();
    if (run == null) {
      run = new ScoringRun(network, parameters, encodes);
    }
    try {
      return score.apply(run);
    } finally {
      idle.add(run);
    }
  }

  private static float[][] singles(double[][] sequence) {
    float[][] singles = new float[sequence.length][];
    for (int t = 0; t < sequence.length; t++) {
      singles[t] = new float[sequence[t].length];
      for (int feature = 0; feature < sequence[t].length; feature++) {
        singles[t][feature] = (float) sequence[t][feature];
      }
    }
    return singles;
  }
}
