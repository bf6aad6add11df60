package sparkrnn.training;

import java.util.Locale;
import sparkrnn.optim.GradientClipping;
import sparkrnn.parameter.ParameterLayout;

/** Stops a fit at the first training step whose loss, gradient or parameters are not finite. */
final class DivergenceCheck {

  private final ParameterLayout layout;
  private final TrainingSettings settings;
  private double lastFiniteLoss = Double.NaN;
  private double lastFiniteNorm = Double.NaN;
  private String checkpoint = "";

  DivergenceCheck(ParameterLayout layout, TrainingSettings settings) {
    this.layout = layout;
    this.settings = settings;
  }

  /** Where to go on from after a divergence: "The checkpoint of epoch 3 is at PATH." */
  void checkpointed(String sentence) {
    checkpoint = " " + sentence;
  }

  /**
   * Checks one training step before its gradient is used.
   *
   * @param step in the whole fit, from 1
   * @param epoch from 1
   * @param norm of the gradient before clipping
   * @param place the first of the gradient that is not finite; -1 for none
   * @throws DivergedException if loss or norm is not finite
   */
  void check(long step, int epoch, double loss, double norm, int place) {
    if (Double.isFinite(loss) && Double.isFinite(norm)) {
      lastFiniteLoss = loss;
      lastFiniteNorm = norm;
      return;
    }
    String where =
        place < 0
            ? "the loss is " + loss
            : String.format(
                Locale.ROOT,
                "the loss is %s and the gradient of \"%s\" is not finite",
                loss,
                layout.tensorAt(place).name());
    throw diverged(step, epoch, where);
  }

  /**
   * Checks the parameters at the end of an epoch.
   *
   * @throws DivergedException if one is not finite
   */
  void checkParameters(long step, int epoch, float[] parameters) {
    int place = GradientClipping.firstNotFinite(parameters);
    if (place >= 0) {
      throw diverged(
          step,
          epoch,
          String.format(
              Locale.ROOT, "parameter \"%s\" is not finite", layout.tensorAt(place).name()));
    }
  }

  /**
   * Checks a loss that is not one of a training step.
   *
   * @param name "loss of the initial parameters", "validation loss"
   */
  void checkLoss(long step, int epoch, String name, double loss) {
    if (!Double.isFinite(loss)) {
      throw diverged(step, epoch, String.format(Locale.ROOT, "the %s is %s", name, loss));
    }
  }

  private DivergedException diverged(long step, int epoch, String where) {
    String before =
        Double.isNaN(lastFiniteLoss)
            ? "no step before it was finite"
            : String.format(
                Locale.ROOT,
                "the last finite loss was %.4g and the gradient norm before clipping %.4g",
                lastFiniteLoss,
                lastFiniteNorm);
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "training step %d (epoch %d): %s; %s. %s%s",
            step,
            epoch,
            where,
            before,
            remedy(),
            checkpoint));
  }

  private String remedy() {
    return settings.clipping().equals("none")
        ? String.format(
            Locale.ROOT,
            "Lower learningRate (%s), or set globalClipNorm, for example to 1; standardise features and labels that are large.",
            settings.optimizer().learningRate())
        : String.format(
            Locale.ROOT,
            "Lower learningRate (%s) or the clipping threshold (%s); standardise features and labels that are large.",
            settings.optimizer().learningRate(),
            settings.clipThreshold());
  }
}
