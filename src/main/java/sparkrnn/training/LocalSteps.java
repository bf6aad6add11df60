package sparkrnn.training;

import java.util.List;
import java.util.Optional;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Round;
import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.optim.Optimizer;

/**
 * Training steps that replicas of the network make by themselves, several one after the other; then
 * all of them go on from their average (local SGD).
 *
 * <p>With x(r) all that the r-th of R replicas goes on from, its parameters and the arrays of its
 * optimizer, and g(r, b) the mean gradient of the r-th shard of batch b:
 *
 * <pre>
 *   x(r) = step(x(r), g(r, b))       for each of the next k batches b, fewer at an epoch's end
 *   x(r) = (x(1) + ... + x(R)) / R
 * </pre>
 *
 * <p>R is the number of shards of a batch, so that results do not depend on the cluster. The driver
 * averages, or, where workers own slices, they do.
 *
 * <p>Source: Stich 2019, "Local SGD converges fast and communicates little", algorithm 1, which has
 * no optimizer with a state; averaging it is that of Yu, Jin and Yang 2019 ("On the linear speedup
 * analysis of communication efficient momentum SGD"), algorithm 1.
 */
final class LocalSteps implements TrainingSteps {

  private static final double[] NONE = new double[0];

  private final FitEnvironment fit;
  private final TrainingProgress progress;
  private final FlatState live;
  private final float[] state;
  private final double[] arguments;
  private final double[] losses;
  private final double[] norms;

  /** Where workers own slices. */
  private final Optional<HeldState> held;

  /** From now on the workforce does what this asks for. */
  LocalSteps(FitEnvironment fit, TrainingProgress progress, Optimizer optimizer) {
    SliceSpec spec = SliceSpec.of(fit.settings(), fit.network().layout());
    int batches = Math.min(fit.settings().localSteps(), fit.plan().batches());
    int argumentCount = LocalWorkerProgram.argumentCount(batches);
    this.fit = fit;
    this.progress = progress;
    this.live = new FlatState(fit.parameters(), optimizer);
    this.state = new float[FlatState.length(spec, fit.parameters().length)];
    this.losses = new double[batches];
    this.norms = new double[batches];
    live.write(state);
    if (fit.workforce().isSharded()) {
      HeldState sliced = new HeldState(fit, optimizer, List.of(state), argumentCount);
      this.held = Optional.of(sliced);
      this.arguments = sliced.arguments();
    } else {
      Round wire = new Round(state, fit.workforce().round().states, argumentCount, 0);
      fit.workforce().share(wire, started -> {});
      this.held = Optional.empty();
      this.arguments = wire.arguments;
    }
  }

  @Override
  public void begin() {
    live.write(state);
    held.ifPresent(HeldState::begin);
  }

  @Override
  public int train(LearningRateSchedule schedule) {
    int batches = Math.min(losses.length, fit.plan().batches() - progress.batch);
    arguments[LocalArguments.MEAN_WEIGHT] = fit.weights().training() / fit.plan().examples();
    arguments[LocalArguments.STEP] = progress.steps;
    arguments[LocalArguments.BATCHES] = batches;
    for (int i = 0; i < batches; i++) {
      arguments[LocalArguments.RATES + i] = schedule.at(progress.steps + i, fit.plan().batches());
    }
    DriverSteps.askGradient(fit, progress);
    fit.workforce().carryStates();
    for (int i = 0; i < batches; i++) {
      account(i, fit.workforce().answers());
    }
    agree(batches);
    return batches;
  }

  /** Adds up in the order of the shards. */
  private void account(int i, List<Contribution> answers) {
    double lossSum = 0;
    double penaltySum = 0;
    double normSum = 0;
    int place = -1;
    for (Contribution answer : answers) {
      int shards = answer.losses.length / losses.length;
      for (int at = i * shards; at < (i + 1) * shards; at++) {
        int measures = at * LocalArguments.MEASURES;
        lossSum += answer.losses[at];
        normSum += answer.measures[measures + LocalArguments.NORM];
        penaltySum += answer.measures[measures + LocalArguments.PENALTY];
        if (place < 0) {
          place = (int) answer.measures[measures + LocalArguments.PLACE];
        }
      }
    }
    int replicas = fit.plan().shards();
    losses[i] = lossSum * fit.batchScale(progress.batch + i) + penaltySum / replicas;
    norms[i] = normSum / replicas;
    fit.divergence().check(progress.steps + 1 + i, progress.epoch + 1, losses[i], norms[i], place);
  }

  private void agree(int batches) {
    if (held.isEmpty()) {
      divide(fit.workforce().sum(), fit.plan().shards(), state, 0);
      fit.frozen().restore(state);
      return;
    }
    held.get().changed(batches);
    if (held.get().isOld()) {
      collect(progress.steps + batches);
    }
  }

  /** Overwrites numbers of {@code into} from {@code at} on with the mean of so many. */
  static void divide(float[] sum, int count, float[] into, int at) {
    for (int i = 0; i < sum.length; i++) {
      into[at + i] = sum[i] / count;
    }
  }

  @Override
  public double loss(int i) {
    return losses[i];
  }

  @Override
  public double norm(int i) {
    return norms[i];
  }

  @Override
  public double[] squares() {
    return NONE;
  }

  @Override
  public void collect() {
    collect(progress.steps);
  }

  private void collect(long steps) {
    if (held.isEmpty() || held.get().collect()) {
      live.read(state, steps);
    }
  }
}
