package sparkrnn.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;
import sparkrnn.data.ClassLabels;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/**
 * The columns of a classifier in Spark's order: rawPrediction, probability, prediction, predicted
 * label; each but the prediction may be left out.
 */
final class ClassColumns implements OutputColumns {

  private static final long serialVersionUID = 1L;

  private final NewColumns outputs;
  private final boolean arrays;
  private final double threshold;
  private final double[] thresholds;
  private final ClassLabels labels;
  private final NetworkSpec spec;
  private transient Network network;

  private ClassColumns(RnnParams params, ClassParams classes, boolean arrays, Fitted fitted) {
    this.arrays = arrays;
    this.threshold = classes.getThreshold();
    this.thresholds =
        classes.isDefined(classes.thresholds()) ? classes.getThresholds() : new double[0];
    this.labels = fitted.labels();
    this.spec = fitted.spec();
    this.outputs = outputs(params, classes, arrays);
  }

  private record Fitted(ClassLabels labels, NetworkSpec spec) {}

  /** What an estimator can say of them: the schema. */
  static <S extends RnnParams & ClassParams> ClassColumns ofSchema(S stage, boolean arrays) {
    return new ClassColumns(stage, stage, arrays, new Fitted(null, null));
  }

  /** Those of a fitted model. */
  static <S extends RnnParams & ClassParams> ClassColumns of(
      S stage, ClassLabels labels, NetworkSpec spec) {
    boolean arrays = labels.kind() == ClassLabels.Kind.ARRAY;
    return new ClassColumns(stage, stage, arrays, new Fitted(labels, spec));
  }

  private static NewColumns outputs(RnnParams params, ClassParams classes, boolean arrays) {
    DataType vector = SQLDataTypes.VectorType();
    DataType prediction =
        arrays ? DataTypes.createArrayType(DataTypes.DoubleType, false) : DataTypes.DoubleType;
    boolean nullable = params.getHandleInvalid().equals("keep");
    return new NewColumns(params.getClass().getSimpleName(), nullable)
        .add("rawPredictionCol", classes.getRawPredictionCol(), vector)
        .add("probabilityCol", classes.getProbabilityCol(), vector)
        .add("predictionCol", params.getPredictionCol(), prediction)
        .add("predictedLabelCol", classes.getPredictedLabelCol(), DataTypes.StringType);
  }

  @Override
  public StructType appendTo(StructType schema) {
    return outputs.appendTo(schema);
  }

  @Override
  public int size() {
    return outputs.size();
  }

  @Override
  public void write(double[] raw, Object[] row, int from) {
    double[] probabilities = probabilities(raw);
    int place = arrays ? -1 : place(raw, probabilities);
    for (int i = 0; i < outputs.size(); i++) {
      row[from + i] =
          switch (outputs.param(i)) {
            case "rawPredictionCol" -> Vectors.dense(raw);
            case "probabilityCol" -> Vectors.dense(probabilities);
            case "predictedLabelCol" -> labels.names().get(place);
            default -> arrays ? zerosAndOnes(probabilities) : (Object) labels.prediction(place);
          };
    }
  }

  /** The probabilities of a sequence's outputs. */
  double[] probabilities(double[] raw) {
    if (network == null) {
      network = new Network(spec);
    }
    double[] probabilities = raw.clone();
    network.activate(probabilities);
    return probabilities;
  }

  /** The place of the predicted label; the first of equal ones. */
  int place(double[] raw, double[] probabilities) {
    if (thresholds.length == 0) {
      return largest(raw);
    }
    double[] scaled = new double[probabilities.length];
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] = probabilities[k] / thresholds[k];
    }
    return largest(scaled);
  }

  /** The place of the largest number, the first of equal ones; NaN, as of 0/0, is never it. */
  static int largest(double[] numbers) {
    int place = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < numbers.length; k++) {
      if (numbers[k] > most) {
        most = numbers[k];
        place = k;
      }
    }
    return place;
  }

  /** Which labels of an array hold. */
  boolean[] holding(double[] probabilities) {
    boolean[] holding = new boolean[probabilities.length];
    for (int k = 0; k < holding.length; k++) {
      holding[k] = probabilities[k] > threshold;
    }
    return holding;
  }

  private ArraySeq.ofDouble zerosAndOnes(double[] probabilities) {
    boolean[] holding = holding(probabilities);
    double[] numbers = new double[holding.length];
    for (int k = 0; k < holding.length; k++) {
      numbers[k] = holding[k] ? 1 : 0;
    }
    return new ArraySeq.ofDouble(numbers);
  }
}
