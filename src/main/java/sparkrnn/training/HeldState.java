package sparkrnn.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Exchange;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.Slices;
import sparkrnn.optim.Optimizer;

/**
 * The state of some training step before that the driver holds where workers own slices of it: they
 * bring it their slices now and then. When one of them is lost, all are given that state again and
 * make the rounds since then once more; as these are pure functions of it, to the same bits.
 */
final class HeldState {

  private static final float[] NONE = new float[0];

  /** A round that has changed the state of the workers. */
  private record Done(int kind, int epoch, int batch, float scale, double[] arguments, int steps) {

    static Done of(Round round, int steps) {
      return new Done(
          round.kind, round.epoch, round.batch, round.scale, round.arguments.clone(), steps);
    }

    void ask(Round into) {
      into.kind = kind;
      into.epoch = epoch;
      into.batch = batch;
      into.scale = scale;
      System.arraycopy(arguments, 0, into.arguments, 0, arguments.length);
    }

    boolean trains() {
      return kind == RoundKind.TRAIN.number();
    }
  }

  private final FitEnvironment fit;
  private final Optimizer optimizer;
  private final List<float[]> arrays;
  private final int argumentCount;
  private final long intervalNanos;

  /** What crosses the network: no parameters. */
  private final Round wire;

  private final List<Done> since = new ArrayList<>();
  private float[] states;
  private long heldNanos = System.nanoTime();

  /**
   * From now on the workforce does what this asks for; its workers get the state first.
   *
   * @param optimizer of which the workers are told the steps
   * @param arrays the state, live; as long as all slices together, in the order in which workers
   *     keep their slices of them
   * @param argumentCount of a round
   */
  HeldState(FitEnvironment fit, Optimizer optimizer, List<float[]> arrays, int argumentCount) {
    this.fit = fit;
    this.optimizer = optimizer;
    this.arrays = List.copyOf(arrays);
    this.argumentCount = argumentCount;
    this.intervalNanos = fit.workforce().snapshotNanos();
    this.wire = newRound();
    this.states = fit.workforce().round().states.clone();
    fit.workforce().share(wire, this::restart);
  }

  private Round newRound() {
    return new Round(NONE, fit.workforce().round().states, argumentCount, 0);
  }

  /** The arguments of the round that is asked next. */
  double[] arguments() {
    return wire.arguments;
  }

  /** Gives the workers the state that the driver has. */
  void begin() {
    hold();
    fit.workforce().ask(loading());
  }

  /** The round that was asked last has changed the state of the workers by so many steps. */
  void changed(int steps) {
    since.add(Done.of(wire, steps));
  }

  /** Whether the workers should bring their slices before an epoch's end. */
  boolean isOld() {
    return System.nanoTime() - heldNanos > intervalNanos;
  }

  /**
   * Overwrites the arrays with the slices of all workers.
   *
   * @return false if they hold the present state anyway
   */
  boolean collect() {
    if (since.isEmpty()) {
      return false;
    }
    fit.workforce().ask(RoundKind.STORE);
    int at = 0;
    for (Contribution answer : fit.workforce().answers()) {
      for (int i = 0; i < arrays.size(); i++) {
        float[] slice = answer.sums[i];
        System.arraycopy(slice, 0, arrays.get(i), at, slice.length);
      }
      at += answer.sums[0].length;
    }
    hold();
    return true;
  }

  private void hold() {
    since.clear();
    states = fit.workforce().round().states.clone();
    heldNanos = System.nanoTime();
  }

  private Round loading() {
    Round round = newRound();
    round.kind = RoundKind.LOAD.number();
    round.arguments[SliceArguments.STEP] = optimizer.steps();
    round.hasParts = true;
    Slices slices = fit.workforce().slices();
    round.parts =
        (worker, into) -> {
          for (float[] array : arrays) {
            into.put(FloatBuffer.wrap(array, slices.from(worker), slices.length(worker)));
          }
        };
    return round;
  }

  /** Brings new workers to where the ones before were. */
  private void restart(Exchange exchange) {
    float[] live = fit.workforce().round().states;
    float[] present = live.clone();
    System.arraycopy(states, 0, live, 0, live.length);
    exchange.round(loading());
    noticeRepeat();
    Round round = newRound();
    for (Done done : since) {
      if (done.trains() && done.batch() == 0) {
        Arrays.fill(live, 0f);
      }
      done.ask(round);
      List<Contribution> answers = exchange.round(round);
      if (done.trains()) {
        Workforce.carryStates(answers, live);
      }
    }
    System.arraycopy(present, 0, live, 0, live.length);
  }

  private void noticeRepeat() {
    int steps = since.stream().mapToInt(Done::steps).sum();
    if (steps > 0) {
      String sentence =
          String.format(
              Locale.ROOT,
              "The workers make the %d training steps again that the driver does not hold the state of (%s).",
              steps,
              Workforce.SNAPSHOT_INTERVAL);
      fit.listeners().forEach(listener -> listener.notice(sentence));
    }
  }
}
