package sparkrnn.feature;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.series.TimeAxis;
import sparkrnn.series.TimeColumn;

/** The columns that a {@link SlidingWindow} reads and makes. */
final class WindowSchema {

  private final SlidingWindow stage;
  private final ColumnCheck check;
  private final String[] keys;
  private final String time;
  private final boolean target;

  /**
   * Checks params and columns.
   *
   * @throws IllegalArgumentException if a param is not set, or a column is missing or of another
   *     type
   */
  WindowSchema(SlidingWindow stage, StructType input) {
    this.stage = stage;
    check = new ColumnCheck(stage, input);
    check.set(stage.timeCol(), stage.valueCols(), stage.windowSize());
    keys = stage.getKeyCols();
    time = stage.getTimeCol();
    target = !stage.getTarget().equals("none");
    for (String key : keys) {
      check.key(key);
    }
    check.numbers("valueCols", stage.getValueCols());
    if (target) {
      check.numbers("targetCols", stage.getTargetCols());
    }
    axis(ZoneId.of("UTC"));
  }

  /**
   * What times of the column are.
   *
   * @param zone of the session
   */
  private TimeAxis axis(ZoneId zone) {
    String step = stage.isDefined(stage.timeStep()) ? stage.getTimeStep() : "";
    return new TimeColumn("SlidingWindow", time, check.field("timeCol", time).dataType(), step)
        .axis(zone);
  }

  /** The columns of windows. */
  StructType output() {
    List<Param<?>> made =
        new ArrayList<>(
            List.of(
                stage.keyCols(),
                stage.windowStartCol(),
                stage.windowEndCol(),
                stage.featuresCol()));
    if (target) {
      made.add(stage.targetTimeCol());
      made.add(stage.labelCol());
    }
    check.distinct(made);
    StructType output = new StructType();
    for (String key : keys) {
      output = output.add(check.field("keyCols", key));
    }
    DataType timeType = check.field("timeCol", time).dataType();
    output = output.add(stage.getWindowStartCol(), timeType, false);
    output = output.add(stage.getWindowEndCol(), timeType, false);
    if (target) {
      output = output.add(stage.getTargetTimeCol(), timeType, false);
    }
    DataType numbers = DataTypes.createArrayType(DataTypes.DoubleType, false);
    boolean one = stage.getValueCols().length == 1;
    output =
        output.add(
            stage.getFeaturesCol(),
            one ? numbers : DataTypes.createArrayType(numbers, false),
            false);
    if (target) {
      DataType label = plan(ZoneId.of("UTC")).labelSize() == 1 ? DataTypes.DoubleType : numbers;
      output = output.add(stage.getLabelCol(), label, false);
    }
    return output;
  }

  /** The value columns, each once: features, then targets that are no features. */
  private List<String> values() {
    Set<String> values = new LinkedHashSet<>(List.of(stage.getValueCols()));
    values.addAll(targets());
    return List.copyOf(values);
  }

  private List<String> targets() {
    if (!target) {
      return List.of();
    }
    String[] targets = stage.getTargetCols();
    return List.of(targets.length == 0 ? stage.getValueCols() : targets);
  }

  /** The input's columns that windows are made of: keys, time, values as double. */
  Column[] inputs() {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(keys).map(ColumnCheck::column).forEach(columns::add);
    columns.add(ColumnCheck.column(time));
    values().stream()
        .map(name -> ColumnCheck.column(name).cast(DataTypes.DoubleType))
        .forEach(columns::add);
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, columns.get(i).as("c" + i));
    }
    return columns.toArray(Column[]::new);
  }

  /** How many columns the key has. */
  int keySize() {
    return keys.length;
  }

  /**
   * What tasks need to know.
   *
   * @param zone of the session
   */
  WindowPlan plan(ZoneId zone) {
    List<String> values = values();
    int horizon = stage.getHorizon();
    return new WindowPlan(
        keys,
        time,
        values.toArray(String[]::new),
        stage.getValueCols().length,
        targets().stream().mapToInt(values::indexOf).toArray(),
        stage.getWindowSize(),
        stage.getTarget().equals("sequence") ? 1 : horizon,
        target ? horizon : 0,
        stage.getStride(),
        GapPolicy.valueOf(stage.getGapPolicy().toUpperCase(Locale.ROOT)),
        stage.getMaxGap(),
        stage.getShortSeries(),
        axis(zone));
  }
}
