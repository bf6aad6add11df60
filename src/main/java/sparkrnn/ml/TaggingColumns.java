package sparkrnn.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;
import sparkrnn.data.ClassLabels;

/**
 * The columns of a tagger: rawPrediction, probability, prediction, predicted label, each an array
 * with an element for each time step; each but the prediction may be left out.
 */
final class TaggingColumns implements OutputColumns {

  private static final long serialVersionUID = 1L;

  private final NewColumns columns;
  private final ClassLabels labels;
  private final TagDecoder decoder;

  private TaggingColumns(NewColumns columns, ClassLabels labels, TagDecoder decoder) {
    this.columns = columns;
    this.labels = labels;
    this.decoder = decoder;
  }

  /** What an estimator can say of them: the schema. */
  static <S extends RnnParams & TaggingParams> TaggingColumns ofSchema(S stage) {
    return new TaggingColumns(columns(stage), null, null);
  }

  /** Those of a fitted model. */
  static <S extends RnnParams & TaggingParams> TaggingColumns of(
      S stage, ClassLabels labels, TagDecoder decoder) {
    return new TaggingColumns(columns(stage), labels, decoder);
  }

  private static <S extends RnnParams & TaggingParams> NewColumns columns(S stage) {
    boolean nullable = stage.getHandleInvalid().equals("keep");
    return new NewColumns(stage.getClass().getSimpleName(), nullable)
        .add("rawPredictionCol", stage.getRawPredictionCol(), array(SQLDataTypes.VectorType()))
        .add("probabilityCol", stage.getProbabilityCol(), array(SQLDataTypes.VectorType()))
        .add("predictionCol", stage.getPredictionCol(), array(DataTypes.DoubleType))
        .add("predictedLabelCol", stage.getPredictedLabelCol(), array(DataTypes.StringType));
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, false);
  }

  @Override
  public StructType appendTo(StructType schema) {
    return columns.appendTo(schema);
  }

  @Override
  public int size() {
    return columns.size();
  }

  @Override
  public void write(double[] raw, Object[] row, int from) {
    int[] places = decoder.places(raw);
    for (int i = 0; i < columns.size(); i++) {
      row[from + i] =
          switch (columns.param(i)) {
            case "rawPredictionCol" -> vectors(decoder.rows(raw));
            case "probabilityCol" -> vectors(decoder.probabilities(raw));
            case "predictedLabelCol" -> new ArraySeq.ofRef<>(names(places));
            default -> new ArraySeq.ofDouble(numbers(places));
          };
    }
  }

  private static ArraySeq.ofRef<Vector> vectors(double[][] rows) {
    return new ArraySeq.ofRef<>(Arrays.stream(rows).map(Vectors::dense).toArray(Vector[]::new));
  }

  String[] names(int[] places) {
    return Arrays.stream(places).mapToObj(labels.names()::get).toArray(String[]::new);
  }

  private double[] numbers(int[] places) {
    return Arrays.stream(places).mapToDouble(labels::prediction).toArray();
  }
}
