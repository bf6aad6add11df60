package sparkrnn.ml;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What {@link RnnModel#explain} checks before it begins. */
final class Explanation {

  private static final DataType ATTRIBUTIONS =
      DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private final RnnModel<?> model;
  private final IntegratedGradients how;

  Explanation(RnnModel<?> model, IntegratedGradients how) {
    this.model = model;
    this.how = how;
  }

  Dataset<Row> of(Dataset<?> dataset) {
    ExplanationPlan plan = plan();
    StructType schema = dataset.schema();
    StructType longer = columns().appendTo(schema);
    Broadcast<float[]> parameters =
        model.broadcastParameters(dataset.sparkSession().sparkContext());
    ExplanationTask task = new ExplanationTask(model, parameters, plan, schema, longer);
    return model.mapped(dataset, task, longer);
  }

  private NewColumns columns() {
    boolean nullable = model.getHandleInvalid().equals("keep");
    return new NewColumns(model.getClass().getSimpleName(), nullable)
        .add("attributionsCol", how.attributionsCol(), ATTRIBUTIONS)
        .add("gapCol", how.gapCol(), DataTypes.DoubleType);
  }

  private ExplanationPlan plan() {
    if (model.encodes()) {
      throw refusal("it has no outputs to explain. Explain the model that it was made of.");
    }
    return new ExplanationPlan(model.fitted().spec(), choice(), timeStep(), baseline(), how);
  }

  private OutputChoice choice() {
    if (!how.target().isEmpty()) {
      List<String> names = model.outputNames();
      int place = names.indexOf(how.target());
      if (place < 0) {
        throw refusal(
            "target is \"%s\"; %s.",
            how.target(),
            names.isEmpty()
                ? "the outputs of the model have no names. Choose one by withOutput"
                : "it must be one of the labels of the model, " + shown(names));
      }
      return OutputChoice.always(place);
    }
    if (how.output() >= model.numOutputs()) {
      throw refusal(
          "output is %d; the model has %d. Choose one from 0 to %d.",
          how.output(), model.numOutputs(), model.numOutputs() - 1);
    }
    return how.output() >= 0 ? OutputChoice.always(how.output()) : model.predictedOutput();
  }

  private static String shown(List<String> names) {
    int most = 20;
    String list = "\"" + String.join("\", \"", names.subList(0, Math.min(most, names.size())));
    return list + "\"" + (names.size() > most ? ", ... (" + names.size() + " in all)" : "");
  }

  private Integer timeStep() {
    boolean everyTimeStep = model.fitted().network().everyTimeStep();
    if (!everyTimeStep && how.timeStep() != null) {
      throw refusal(
          "timeStep is %d and the model has one output for a sequence. Leave timeStep out.",
          how.timeStep());
    }
    if (!everyTimeStep || how.timeStep() != null) {
      return how.timeStep();
    }
    if (model instanceof RnnTextModel) {
      return -1;
    }
    throw refusal(
        "it has outputs for every time step and timeStep is not set. Choose one by withTimeStep,"
            + " from 0 or, from the end on, from -1.");
  }

  private double[] baseline() {
    int features = model.numFeatures();
    if (how.baseline().length == 0) {
      return new double[features];
    }
    if (how.baseline().length != features) {
      throw refusal(
          "baseline has %d numbers; it needs one for each of the %d features of a time step.",
          how.baseline().length, features);
    }
    return how.baseline();
  }

  private IllegalArgumentException refusal(String format, Object... values) {
    return ParamCombination.refusal(model, format, values);
  }
}
