package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ColumnLookup;
import sparkrnn.forecast.CalendarFeature;
import sparkrnn.forecast.Distribution;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.Frequency;
import sparkrnn.forecast.LearntSeries;
import sparkrnn.forecast.SeriesColumns;
import sparkrnn.forecast.SeriesPlan;
import sparkrnn.series.TimeAxis;
import sparkrnn.series.TimeColumn;
import sparkrnn.series.TimeStep;
import sparkrnn.versions.SparkCalls;

/** The columns that a forecaster reads, checked before any job runs, and the plan they make. */
final class ForecastSchema {

  private final ForecastParams params;
  private final String stage;
  private final StructType schema;

  /**
   * @throws IllegalArgumentException if a param is missing, or a column is missing, of another type
   *     or listed twice
   */
  ForecastSchema(ForecastParams params, StructType schema) {
    this.params = params;
    this.stage = params.getClass().getSimpleName();
    this.schema = schema;
    requireSet(params.timeCol());
    requireSet(params.targetCols());
    if (params.getTargetCols().length == 0) {
      throw new IllegalArgumentException(
          stage + ": targetCols is empty; there must be at least one. Set targetCols.");
    }
    requireOnce();
    check("keyCols", params.getKeyCols(), Kind.KEY);
    axis("UTC", params.getTimeStep());
    check("targetCols", params.getTargetCols(), Kind.NUMBER);
    check("pastCovariateCols", params.getPastCovariateCols(), Kind.NUMBER_OR_BOOLEAN);
    check("futureCovariateCols", params.getFutureCovariateCols(), Kind.NUMBER_OR_BOOLEAN);
    check("staticCovariateCols", params.getStaticCovariateCols(), Kind.STATIC);
  }

  /** What a column may hold. */
  private enum Kind {
    KEY("text, a whole number, decimal, boolean, date or timestamp", "Cast it to string."),
    NUMBER("a number", "Cast it to double."),
    NUMBER_OR_BOOLEAN("a number or boolean", "Cast it to double."),
    STATIC("a number, text, boolean or date", "Cast it to string.");

    private final String words;
    private final String remedy;

    Kind(String words, String remedy) {
      this.words = words;
      this.remedy = remedy;
    }

    boolean accepts(DataType type) {
      boolean number = type instanceof NumericType;
      boolean truth = type instanceof BooleanType;
      boolean text = type instanceof StringType string && SparkCalls.comparesBytes(string);
      return switch (this) {
        case KEY ->
            text
                || truth
                || TimeColumn.isCalendar(type)
                || type instanceof IntegralType
                || type instanceof DecimalType;
        case NUMBER -> number;
        case NUMBER_OR_BOOLEAN -> number || truth;
        case STATIC -> number || truth || text || type instanceof DateType;
      };
    }
  }

  private void requireSet(Param<?> param) {
    if (!params.isDefined(param)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s is not set; it is needed: %s. Set %s.",
              stage,
              param.name(),
              param.doc().replace("; required", ""),
              param.name()));
    }
  }

  private void check(String param, String[] columns, Kind kind) {
    for (String column : columns) {
      DataType type = ColumnLookup.type(stage, param, schema, column);
      if (!kind.accepts(type)) {
        throw ColumnLookup.wrongType(stage, param, column, type, kind.words, kind.remedy);
      }
    }
  }

  private void requireOnce() {
    Map<String, String> owners = new HashMap<>();
    owners.put(params.getTimeCol(), "timeCol");
    Map<String, String[]> lists = new java.util.LinkedHashMap<>();
    lists.put("keyCols", params.getKeyCols());
    lists.put("targetCols", params.getTargetCols());
    lists.put("pastCovariateCols", params.getPastCovariateCols());
    lists.put("futureCovariateCols", params.getFutureCovariateCols());
    for (Map.Entry<String, String[]> list : lists.entrySet()) {
      for (String column : list.getValue()) {
        String owner = owners.putIfAbsent(column, list.getKey());
        if (owner != null) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s: column \"%s\" is in %s and in %s; a column has one meaning. Leave it out of one"
                      + " of them.%s",
                  stage,
                  column,
                  owner,
                  list.getKey(),
                  owner.equals("targetCols")
                      ? " The past of the targets is read without being a covariate."
                      : ""));
        }
      }
    }
  }

  /**
   * The times.
   *
   * @param zone of the session
   * @param timeStep empty for none
   */
  TimeAxis axis(String zone, String timeStep) {
    String name = params.getTimeCol();
    DataType type = ColumnLookup.type(stage, "timeCol", schema, name);
    return new TimeColumn(stage, name, type, timeStep).axis(DateTimeUtils.getZoneId(zone));
  }

  DataType timeType() {
    return schema.apply(params.getTimeCol()).dataType();
  }

  /** The time zone of the session of a data set. */
  static String zone(Dataset<?> dataset) {
    return dataset.sparkSession().conf().get("spark.sql.session.timeZone");
  }

  /**
   * The columns.
   *
   * @param validation boolean column that holds rows out; empty for none
   */
  SeriesColumns columns(String validation) {
    List<String> numbers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (String column : params.getStaticCovariateCols()) {
      boolean number = schema.apply(column).dataType() instanceof NumericType;
      (number ? numbers : texts).add(column);
    }
    return new SeriesColumns(
        List.of(params.getKeyCols()),
        params.getTimeCol(),
        List.of(params.getTargetCols()),
        List.of(params.getPastCovariateCols()),
        List.of(params.getFutureCovariateCols()),
        numbers,
        texts,
        validation);
  }

  /** What params and time step say, before anything is learnt. */
  ForecastDescription described(String timeStep) {
    Frequency frequency = new Frequency(TimeStep.parse(timeStep).orElseThrow());
    int[] lags = params.getLags();
    boolean ofFrequency = Arrays.equals(lags, new int[] {0});
    String[] calendar = params.getCalendarFeatures();
    boolean auto = Arrays.equals(calendar, new String[] {"auto"});
    boolean onCalendar = TimeColumn.isCalendar(timeType());
    if (!auto && calendar.length > 0 && !onCalendar) {
      throw ParamCombination.refusal(
          params,
          "calendarFeatures is %s and column \"%s\" (timeCol) is %s, which has no calendar. Clear"
              + " calendarFeatures, or cast the column to timestamp or date.",
          Arrays.toString(calendar),
          params.getTimeCol(),
          timeType().catalogString());
    }
    return new ForecastDescription(
        timeStep,
        params.getSeasonLength() > 0 ? params.getSeasonLength() : frequency.seasonLength(),
        ofFrequency ? frequency.lags() : Arrays.stream(lags).boxed().toList(),
        !auto
            ? List.of(calendar)
            : onCalendar
                ? frequency.calendar().stream().map(CalendarFeature::paramName).toList()
                : List.of(),
        LearntSeries.NONE,
        null);
  }

  /**
   * The plan.
   *
   * @param zone of the session
   * @param validation boolean column that holds rows out; empty for none
   * @param fraction of the rows of each series that is held out
   */
  ForecastPlan plan(
      ForecastDescription description, String zone, String validation, double fraction) {
    SeriesPlan series =
        new SeriesPlan(
            stage,
            columns(validation),
            axis(zone, description.timeStep()),
            description.timeStep(),
            params.getHandleInvalid().equals("error"),
            fraction);
    return new ForecastPlan(
        series,
        params.getContextLength(),
        params.getHorizon(),
        params.getStride(),
        description.lags(),
        params.getScaling(),
        params.getWindowLevel(),
        params.getSeasonalWeight(),
        description.seasonLength(),
        description.calendar().stream().map(CalendarFeature::named).toList(),
        Distribution.named(params.getDistribution()),
        Arrays.stream(params.getQuantiles()).boxed().toList(),
        description.learnt());
  }
}
