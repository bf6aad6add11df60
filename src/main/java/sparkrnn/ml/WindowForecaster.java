package sparkrnn.ml;

import java.util.List;
import java.util.function.ObjIntConsumer;
import sparkrnn.data.DecodedSequence;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.ForecastReader;
import sparkrnn.forecast.Series;
import sparkrnn.forecast.TargetForecast;
import sparkrnn.forecast.WindowFeatures;
import sparkrnn.forecast.WindowScale;
import sparkrnn.network.Network;

/** Runs the network over windows of series, some at a time; for one thread. */
final class WindowForecaster {

  private final ForecastPlan plan;
  private final ForecastReader reader;
  private final SequenceBatch batch;
  private final Network network;
  private final int batchSize;
  private final WindowScale scale;
  private final WindowFeatures features;

  WindowForecaster(ForecastTask task) {
    plan = task.plan();
    reader = task.reader();
    batch = task.newBatch();
    network = task.newNetwork();
    batchSize = task.batchSize();
    scale = new WindowScale(plan);
    features = new WindowFeatures(plan, scale);
  }

  /** The activated outputs of one window, while the scale is that of the window. */
  interface Outputs {

    TargetForecast forecast(int step, int target);

    /** How far a value lies outside, see {@link ForecastReader#score}. */
    double score(int step, int target, double value);
  }

  /**
   * Hands the outputs for each origin, in their order, to a consumer.
   *
   * @param origins ascending
   */
  void forEach(Series series, List<Integer> origins, ObjIntConsumer<Outputs> consumer) {
    for (int start = 0; start < origins.size(); start += batchSize) {
      List<Integer> some = origins.subList(start, Math.min(start + batchSize, origins.size()));
      batch.clear();
      for (int origin : some) {
        scale.take(series, origin);
        float[] sequence = features.sequence(series, origin);
        batch.add(new DecodedSequence(sequence, plan.contextLength(), features.width()));
      }
      batch.compute();
      for (int i = 0; i < some.size(); i++) {
        scale.take(series, some.get(i));
        consumer.accept(outputs(batch.prediction(i)), some.get(i));
      }
    }
  }

  private Outputs outputs(double[] outputs) {
    reader.addOffsets(outputs, scale);
    network.activate(outputs);
    return new Outputs() {
      @Override
      public TargetForecast forecast(int step, int target) {
        return reader.read(outputs, scale, step, target);
      }

      @Override
      public double score(int step, int target, double value) {
        return reader.score(outputs, scale, step, target, value);
      }
    };
  }

  /** All forecasts of a window, by row of the horizon and target. */
  TargetForecast[][] forecasts(Outputs outputs) {
    TargetForecast[][] forecasts = new TargetForecast[plan.horizon()][plan.targets()];
    for (int step = 1; step <= plan.horizon(); step++) {
      for (int i = 0; i < plan.targets(); i++) {
        forecasts[step - 1][i] = outputs.forecast(step, i);
      }
    }
    return forecasts;
  }
}
