package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import sparkrnn.ml.RnnForecastModel;

/** The main behind jobs/forecast: what follows the series of a config's data, by a saved model. */
public final class Forecast {

  private static final String HORIZON = "forecast.horizon";

  /** Of the rows of a forecast: 1 for the first after the origin. */
  private static final String STEP = "step";

  private Forecast() {}

  /** Runs the job and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    JobProcess.run(JobCommand.FORECAST, arguments, Forecast::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobConfig.of(arguments);
    arguments.metrics().ifPresent(MetricsFile::checkWritable);
    String path = SavedModel.path(config);
    RowOutput output = new RowOutput(config, "forecasts");
    SparkSession spark = JobProcess.session("spark-rnn forecast " + path);
    output.checkWritable(spark);
    SavedModel model = SavedModel.load(spark, path);
    int horizon = model.network(RnnForecastModel.class, "forecaster").getHorizon();
    int wanted = config.integer(HORIZON, horizon);
    if (wanted < 1 || wanted > horizon) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "%s is %d; the model \"%s\" forecasts 1 to %d rows. Train one with a longer"
                  + " model.horizon, or ask for fewer.",
              HORIZON,
              wanted,
              path,
              horizon));
    }
    Dataset<Row> forecasts = model.stage().transform(DataSource.read(spark, config));
    Dataset<Row> rows =
        wanted < horizon ? forecasts.filter(functions.col(STEP).leq(wanted)) : forecasts;
    Map<String, Object> measured = output.write(rows, out);
    arguments.metrics().ifPresent(file -> file.write(measured));
  }
}
