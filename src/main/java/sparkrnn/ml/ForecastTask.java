package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.ForecastReader;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/**
 * What every task that forecasts takes to the executors.
 *
 * @param coverage of intervals of distributions
 * @param description with what was learnt and calibrated
 * @param batchSize windows that are computed in one piece
 */
record ForecastTask(
    ForecastPlan plan,
    double coverage,
    ForecastDescription description,
    NetworkSpec spec,
    Broadcast<float[]> parameters,
    int batchSize)
    implements Serializable {

  SequenceBatch newBatch() {
    return new SequenceBatch(spec, parameters.value(), false);
  }

  Network newNetwork() {
    return new Network(spec);
  }

  ForecastReader reader() {
    return new ForecastReader(plan, coverage, description.conformal());
  }
}
