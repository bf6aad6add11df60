package sparkrnn.ml;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ClassCoding;
import sparkrnn.data.ClassLabels;
import sparkrnn.data.LabelDecoder;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/** The quality of a classifier. */
final class ClassEvaluation extends EvaluationTask<ClassStatistics> {

  private static final long serialVersionUID = 1L;

  /** Where the model for the evaluation writes, whatever columns the data has. */
  private static final String RAW = "rawPrediction of the evaluation";

  private final ClassColumns columns;
  private final NetworkSpec spec;
  private final boolean arrays;
  private transient Network network;

  private ClassEvaluation(RnnClassificationModel model, LabelDecoder label, StructType schema) {
    super(model, label, schema, RAW);
    columns = model.outputColumns();
    spec = model.fitted().spec();
    arrays = model.classLabels().kind() == ClassLabels.Kind.ARRAY;
  }

  /** What reads the labels of rows as targets; classes don't weigh. */
  static LabelDecoder decoder(RnnClassificationModel model, StructType schema) {
    ClassCoding coding = new ClassCoding(model.classLabels(), List.of(), model.getLabelSmoothing());
    return coding.decoder(model.getClass().getSimpleName(), schema, model.getLabelCol());
  }

  /** Runs the model over a data set with labels: one Spark job. */
  static RnnClassificationSummary evaluate(RnnClassificationModel model, Dataset<?> dataset) {
    StructType schema = dataset.schema();
    LabelDecoder label = decoder(model, schema);
    new ColumnCheck(model, schema).weight();
    RnnClassificationModel scoring =
        model
            .copy(ParamMap.empty())
            .setRawPredictionCol(RAW)
            .setProbabilityCol("")
            .setPredictedLabelCol("")
            .setPredictionCol("prediction of the evaluation");
    Dataset<Row> predicted = scoring.transform(dataset);
    ClassEvaluation task = new ClassEvaluation(scoring, label, predicted.schema());
    ClassStatistics all = task.none();
    task.count(predicted).forEach(all::add);
    task.requireRows(all.weights());
    return new RnnClassificationSummary(all, model.labels());
  }

  @Override
  ClassStatistics none() {
    return new ClassStatistics(spec.outputs(), arrays);
  }

  @Override
  void add(ClassStatistics counts, Object prediction, float[] label, double[] weights) {
    double weight = weights[0];
    double[] raw = ((Vector) prediction).toArray();
    double loss = loss(raw, label);
    double[] probabilities = columns.probabilities(raw);
    if (arrays) {
      boolean[] holds = new boolean[label.length];
      for (int k = 0; k < label.length; k++) {
        // A smoothed target stays on its side of one half.
        holds[k] = label[k] > 0.5;
      }
      counts.add(holds, columns.holding(probabilities), loss, weight);
    } else {
      counts.add(largest(label), columns.place(raw, probabilities), loss, weight);
    }
  }

  private double loss(double[] raw, float[] label) {
    if (network == null) {
      network = new Network(spec);
    }
    float[] outputs = new float[raw.length];
    for (int k = 0; k < raw.length; k++) {
      outputs[k] = (float) raw[k];
    }
    return network.loss(outputs, label);
  }

  private static int largest(float[] target) {
    int place = 0;
    for (int k = 1; k < target.length; k++) {
      if (target[k] > target[place]) {
        place = k;
      }
    }
    return place;
  }
}
