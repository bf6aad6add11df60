package sparkrnn.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * How {@link RnnModel#explain} asks a model what moved its prediction: integrated gradients
 * (Sundararajan, Taly and Yan 2017).
 *
 * <pre>
 *   attribution(t, j) = (x(t, j) - b(j)) * integral over p from 0 to 1
 *                       of df/dx(t, j) at b + p (x - b)
 * </pre>
 *
 * <p>f is one output of the network before softmax, sigmoid or CRF, x the sequence, b the baseline.
 * The attributions of a sequence sum to f(x) - f(b). An id has the vector of its embedding in the
 * place of x(t, j), zeros in that of b, and one attribution, the sum over the vector.
 *
 * <pre>
 *   explain adds       of
 *   attributions       array&lt;array&lt;double&gt;&gt;, (time steps, features), attributionsCol
 *   attributionGap     double, by how much their sum misses f(x) - f(b); gapCol
 * </pre>
 *
 * <p>The integral is a sum over the nodes of the Gauss-Legendre rule, each of which costs about as
 * much as two thirds of a training step on the sequence. Sequences whose gap is larger than the
 * tolerance are computed again with twice as many nodes, up to maxSteps.
 *
 * <p>Immutable; each method that begins with "with" returns a changed copy.
 */
public final class IntegratedGradients implements Serializable {

  private static final long serialVersionUID = 1L;

  private int steps = 50;
  private int maxSteps = 800;
  private double tolerance = 0.01;
  private String target = "";
  private int output = -1;
  private Integer timeStep;
  private double[] baseline = {};
  private String attributionsCol = "attributions";
  private String gapCol = "attributionGap";

  /**
   * Of the predicted label, the only number or the likeliest next token, against a baseline of
   * zeros.
   */
  public IntegratedGradients() {}

  private IntegratedGradients(IntegratedGradients other) {
    steps = other.steps;
    maxSteps = other.maxSteps;
    tolerance = other.tolerance;
    target = other.target;
    output = other.output;
    timeStep = other.timeStep;
    baseline = other.baseline;
    attributionsCol = other.attributionsCol;
    gapCol = other.gapCol;
  }

  private static void require(boolean holds, String sentence, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "IntegratedGradients: " + String.format(Locale.ROOT, sentence, value) + ".");
    }
  }

  /**
   * With so many nodes of the rule to begin with, 50 by default.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public IntegratedGradients withSteps(int value) {
    require(value >= 1, "steps is %d; it must be at least 1", value);
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.steps = value;
    return changed;
  }

  /**
   * With at most so many nodes for a sequence whose gap is too large, 800 by default; where that is
   * below twice the steps, none is computed again.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public IntegratedGradients withMaxSteps(int value) {
    require(value >= 1, "maxSteps is %d; it must be at least 1", value);
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.maxSteps = value;
    return changed;
  }

  /**
   * With another largest gap, 0.01 by default: a share of the sum of the magnitudes of a sequence's
   * attributions, or of f(x) - f(b) if that is larger.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public IntegratedGradients withTolerance(double value) {
    require(
        value > 0 && Double.isFinite(value),
        "tolerance is %s; it must be a finite number above 0",
        value);
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.tolerance = value;
    return changed;
  }

  /**
   * Of the output of a label of a classifier or tagger, or of a token of a language model, for
   * every row; empty for the predicted one.
   */
  public IntegratedGradients withTarget(String label) {
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.target = label;
    changed.output = -1;
    return changed;
  }

  /**
   * Of the output at a place, from 0, for every row.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public IntegratedGradients withOutput(int place) {
    require(place >= 0, "output is %d; it must be at least 0", place);
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.output = place;
    changed.target = "";
    return changed;
  }

  /**
   * Of the output at a time step, from 0, where every time step has outputs; below 0 from the end
   * on, -1 for the last one. A language model takes the last one by itself.
   */
  public IntegratedGradients withTimeStep(int value) {
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.timeStep = value;
    return changed;
  }

  /**
   * Against such numbers in every time step, one for each feature, in place of zeros; those of ids
   * are not read.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public IntegratedGradients withBaseline(double... features) {
    require(
        Arrays.stream(features).allMatch(Double::isFinite),
        "baseline is %s; its numbers must be finite",
        Arrays.toString(features));
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.baseline = features.clone();
    return changed;
  }

  /** With another name for the column of the attributions. */
  public IntegratedGradients withAttributionsCol(String name) {
    require(!name.isEmpty(), "attributionsCol is \"%s\"; it must be the name of a column", name);
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.attributionsCol = name;
    return changed;
  }

  /** With another name for the column of the gaps; empty for none. */
  public IntegratedGradients withGapCol(String name) {
    IntegratedGradients changed = new IntegratedGradients(this);
    changed.gapCol = name;
    return changed;
  }

  int steps() {
    return steps;
  }

  int maxSteps() {
    return maxSteps;
  }

  double tolerance() {
    return tolerance;
  }

  /** Empty for none. */
  String target() {
    return target;
  }

  /** -1 for none. */
  int output() {
    return output;
  }

  /** Null for none. */
  Integer timeStep() {
    return timeStep;
  }

  /** Empty for zeros. */
  double[] baseline() {
    return baseline;
  }

  String attributionsCol() {
    return attributionsCol;
  }

  /** Empty for none. */
  String gapCol() {
    return gapCol;
  }
}
