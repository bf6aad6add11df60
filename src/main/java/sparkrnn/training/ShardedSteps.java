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
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.Optimizer;

/**
 * Training steps that the workers make, each of its slice of the parameters. The driver adds up
 * losses and norms, and holds the state of some step before: workers bring it their slices now and
 * then. When one of them is lost, all are given that state again and make the steps since then once
 * more; as they are pure functions of it, to the same bits.
 */
final class ShardedSteps implements TrainingSteps {

  private static final float[] NONE = new float[0];

  /** A round that has changed the state of the workers. */
  private record Done(int kind, int epoch, int batch, float scale, double[] arguments) {

    static Done of(Round round) {
      return new Done(round.kind, round.epoch, round.batch, round.scale, round.arguments.clone());
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
  private final TrainingProgress progress;
  private final Optimizer optimizer;
  private final GradientAccumulation accumulation;
  private final GradientClipping clipping;
  private final int batchesOfStep;
  private final boolean needsNorms;
  private final long intervalNanos;

  /** What crosses the network: no parameters. */
  private final Round wire;

  private final List<Done> sinceHeld = new ArrayList<>();
  private final double[] squares;
  private final double[] squaresOfStep;
  private float[] heldStates;
  private long heldNanos = System.nanoTime();
  private double loss;
  private double norm;

  /** From now on the workforce does what this asks for; its workers get the state first. */
  ShardedSteps(
      FitEnvironment fit,
      TrainingProgress progress,
      Optimizer optimizer,
      GradientAccumulation accumulation) {
    SliceSpec spec = SliceSpec.of(fit.settings(), fit.network().layout());
    this.fit = fit;
    this.progress = progress;
    this.optimizer = optimizer;
    this.accumulation = accumulation;
    this.clipping = spec.clippingOfTensors();
    this.batchesOfStep = fit.settings().optimizer().accumulationSteps();
    this.needsNorms = spec.needsNorms();
    this.intervalNanos = fit.workforce().snapshotNanos();
    this.squares = new double[clipping.measure().pieces(0, fit.network().layout().size())];
    this.squaresOfStep = new double[squares.length];
    this.wire = newRound();
    this.heldStates = fit.workforce().round().states.clone();
    fit.workforce().share(wire, this::restart);
  }

  private Round newRound() {
    return new Round(
        NONE, fit.workforce().round().states, SliceArguments.NORMS + clipping.normCount(), 0);
  }

  @Override
  public void begin() {
    hold();
    fit.workforce().ask(loading());
  }

  @Override
  public void train(double learningRate) {
    wire.arguments[SliceArguments.RATE] = learningRate;
    wire.arguments[SliceArguments.STEP] = progress.steps;
    double scale = DriverSteps.askGradient(fit, progress);
    sinceHeld.add(Done.of(wire));
    fit.workforce().carryStates();
    List<Contribution> answers = fit.workforce().answers();
    loss = fit.workforce().lossSum() * scale + penalty(answers);
    addUpSquares(answers, 0, squares);
    norm = clipping.measure().ofAll(squares);
    fit.divergence()
        .check(progress.steps + 1, progress.epoch + 1, loss, norm, firstNotFinite(answers));
    if (needsNorms && progress.steps % batchesOfStep == batchesOfStep - 1) {
      apply(answers);
    }
    if (System.nanoTime() - heldNanos > intervalNanos) {
      collect(progress.steps + 1);
    }
  }

  private static double penalty(List<Contribution> answers) {
    double[] measures = answers.get(0).measures;
    return measures[measures.length - 1];
  }

  private static int firstNotFinite(List<Contribution> answers) {
    for (Contribution answer : answers) {
      double place = answer.measures[answer.measures.length - 2];
      if (place >= 0) {
        return (int) place;
      }
    }
    return -1;
  }

  /** Slices follow each other as the workers do; {@code part} is 1 for the gradient of the step. */
  private void addUpSquares(List<Contribution> answers, int part, double[] into) {
    int at = 0;
    for (int i = 0; i < answers.size(); i++) {
      double[] measures = answers.get(i).measures;
      int parts = batchesOfStep > 1 ? 2 : 1;
      int count = (measures.length - SliceArguments.OTHER_MEASURES) / parts;
      System.arraycopy(measures, part * count, into, at, count);
      at += count;
    }
  }

  private void apply(List<Contribution> answers) {
    addUpSquares(answers, batchesOfStep > 1 ? 1 : 0, squaresOfStep);
    clipping.norms(squaresOfStep, wire.arguments, SliceArguments.NORMS);
    fit.workforce().ask(RoundKind.APPLY);
    sinceHeld.add(Done.of(wire));
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double norm() {
    return norm;
  }

  @Override
  public double[] squares() {
    return squares;
  }

  @Override
  public void collect() {
    collect(progress.steps);
  }

  /** Brings all slices to the driver: the state after so many training steps. */
  private void collect(long steps) {
    if (sinceHeld.isEmpty()) {
      return;
    }
    fit.workforce().ask(RoundKind.STORE);
    List<float[]> arrays = arrays();
    int at = 0;
    for (Contribution answer : fit.workforce().answers()) {
      for (int i = 0; i < arrays.size(); i++) {
        float[] slice = answer.sums[i];
        System.arraycopy(slice, 0, arrays.get(i), at, slice.length);
      }
      at += answer.sums[0].length;
    }
    optimizer.restore(steps / batchesOfStep, optimizer.state());
    hold();
  }

  private void hold() {
    sinceHeld.clear();
    heldStates = fit.workforce().round().states.clone();
    heldNanos = System.nanoTime();
  }

  /** In the order in which workers keep their slices of them. */
  private List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(fit.parameters());
    if (accumulation.sum().length > 0) {
      arrays.add(accumulation.sum());
    }
    arrays.addAll(optimizer.state().values());
    return arrays;
  }

  private Round loading() {
    Round round = newRound();
    round.kind = RoundKind.LOAD.number();
    round.arguments[SliceArguments.STEP] = optimizer.steps();
    round.hasParts = true;
    List<float[]> arrays = arrays();
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
    float[] states = fit.workforce().round().states;
    float[] present = states.clone();
    System.arraycopy(heldStates, 0, states, 0, states.length);
    exchange.round(loading());
    noticeRepeat();
    Round round = newRound();
    for (Done done : sinceHeld) {
      if (done.trains() && done.batch() == 0) {
        Arrays.fill(states, 0f);
      }
      done.ask(round);
      List<Contribution> answers = exchange.round(round);
      if (done.trains()) {
        Workforce.carryStates(answers, states);
      }
    }
    System.arraycopy(present, 0, states, 0, states.length);
  }

  private void noticeRepeat() {
    long steps = sinceHeld.stream().filter(Done::trains).count();
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
