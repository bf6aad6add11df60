package sparkrnn.ml;

import java.util.Locale;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import sparkrnn.data.ClassLabels;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.LabelDecoder;
import sparkrnn.data.TagCoding;

/** The quality of a tagger. */
final class TaggingEvaluation extends EvaluationTask<TaggingStatistics> {

  private static final long serialVersionUID = 1L;

  /** Where the model for the evaluation writes, whatever columns the data has. */
  private static final String RAW = "rawPrediction of the evaluation";

  private final ClassLabels labels;
  private final TagDecoder decoder;

  private TaggingEvaluation(RnnTaggingModel model, LabelDecoder label, StructType schema) {
    super(model, label, schema, RAW);
    labels = model.classLabels();
    decoder = model.decoder();
  }

  /** What reads the labels of rows as targets. */
  static LabelDecoder decoder(RnnTaggingModel model, StructType schema) {
    return new TagCoding(model.classLabels())
        .decoder(model.getClass().getSimpleName(), schema, model.getLabelCol());
  }

  /** Runs the model over a data set with labels: one Spark job. */
  static RnnTaggingSummary evaluate(RnnTaggingModel model, Dataset<?> dataset) {
    StructType schema = dataset.schema();
    LabelDecoder label = decoder(model, schema);
    ColumnCheck check = new ColumnCheck(model, schema);
    if (model.fitted().spec().crf()) {
      check.chainWeight();
    } else {
      check.stepWeights();
    }
    RnnTaggingModel scoring =
        model
            .copy(ParamMap.empty())
            .setRawPredictionCol(RAW)
            .setProbabilityCol("")
            .setPredictedLabelCol("")
            .setPredictionCol("prediction of the evaluation");
    Dataset<Row> predicted = scoring.transform(dataset);
    TaggingEvaluation task = new TaggingEvaluation(scoring, label, predicted.schema());
    TaggingStatistics all = task.none();
    task.count(predicted).forEach(all::add);
    task.requireRows(all.timeSteps().weights());
    return new RnnTaggingSummary(all, model.labels());
  }

  @Override
  TaggingStatistics none() {
    return new TaggingStatistics(labels);
  }

  @Override
  void check(float[] label, Object prediction) throws InvalidSequenceException {
    int timeSteps = ((Seq<?>) prediction).size();
    if (label.length != timeSteps) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d labels and %d time steps; every time step needs one",
              label.length,
              timeSteps));
    }
  }

  @Override
  void add(TaggingStatistics counts, Object prediction, float[] label, double[] weights) {
    double[] raw = flat((Seq<?>) prediction);
    int[] places = new int[label.length];
    for (int t = 0; t < places.length; t++) {
      places[t] = Float.isNaN(label[t]) ? -1 : (int) label[t];
    }
    counts.add(places, decoder.places(raw), decoder.losses(raw, places), weights);
  }

  private double[] flat(Seq<?> rows) {
    int K = labels.size();
    double[] flat = new double[rows.size() * K];
    for (int t = 0; t < rows.size(); t++) {
      System.arraycopy(((Vector) rows.apply(t)).toArray(), 0, flat, t * K, K);
    }
    return flat;
  }
}
