package sparkrnn.scoring;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSteps;

/**
 * Scores sequences that go on: each new time step is read once, whatever came before is in a state
 * that the caller keeps, for each of as many sequences as there are. Any number of threads may
 * share it; a state is for one at a time.
 *
 * <pre>
 *   StepScorer steps = model.localScorer().steps();
 *   float[] state = steps.newState();                    one for each sequence, to be kept
 *   double[] prediction = steps.step(features, state);   of all time steps so far
 * </pre>
 *
 * <p>The prediction is that of {@link LocalScorer#predict(float[][])} for the whole sequence so
 * far, to the rounding of sums; of a network with outputs for every time step the newest one's. A
 * state belongs to the parameters that it was made with: those of another fit make nothing of it.
 */
public final class StepScorer {

  private final Network network;
  private final float[] parameters;
  private final List<String> labels;
  private final boolean encodes;
  private final int stateSize;
  private final ConcurrentLinkedQueue<NetworkSteps> idle = new ConcurrentLinkedQueue<>();

  StepScorer(Network network, float[] parameters, List<String> labels, boolean encodes) {
    this.network = network;
    this.parameters = parameters;
    this.labels = labels;
    this.encodes = encodes;
    NetworkSteps first = new NetworkSteps(network, parameters);
    this.stateSize = first.stateSize();
    idle.add(first);
  }

  /** Features of one time step. */
  public int numFeatures() {
    return network.spec().inputs();
  }

  /** The labels in the order of the probabilities; empty where there are none. */
  public List<String> labels() {
    return labels;
  }

  /** Numbers of a state. */
  public int stateSize() {
    return stateSize;
  }

  /** The state before the first time step: zeros. */
  public float[] newState() {
    return new float[stateSize];
  }

  /**
   * Reads the next time step of a sequence.
   *
   * @param timeStep (features), finite
   * @param state (stateSize), what {@link #newState} gave or this method left; overwritten
   * @return as of {@link LocalScorer}: numbers, or probabilities of the labels; a new array
   * @throws IllegalArgumentException if an array has another length or a value is not finite, or a
   *     network with a pooling of mean has read 16,777,215 time steps
   */
  public double[] step(float[] timeStep, float[] state) {
    SingleSequence.check("StepScorer", timeStep, numFeatures());
    if (state.length != stateSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "StepScorer: the state has %d numbers; the model needs %d. Keep the one that newState"
                  + " of this model gave.",
              state.length,
              stateSize));
    }
    NetworkSteps steps = idle.poll();
    if (steps == null) {
      steps = new NetworkSteps(network, parameters);
    }
    try {
      steps.step(timeStep, state);
      return prediction(steps);
    } finally {
      idle.add(steps);
    }
  }

  private double[] prediction(NetworkSteps steps) {
    if (encodes) {
      return ScoringRun.doubles(steps.encoding(), network.encodingSize());
    }
    double[] numbers = ScoringRun.doubles(steps.outputs(), network.spec().outputs());
    network.activate(numbers);
    return numbers;
  }
}
