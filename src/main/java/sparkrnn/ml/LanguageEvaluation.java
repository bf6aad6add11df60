package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkrnn.data.Vocabulary;
import sparkrnn.network.NetworkSpec;

/** Adds up what a language model costs on the rows of a partition. */
final class LanguageEvaluation implements FlatMapFunction<Iterator<Row>, LanguageStatistics> {

  private static final long serialVersionUID = 1L;

  private final LanguageTask.Reader reader;
  private final NetworkSpec spec;
  private final Broadcast<float[]> parameters;
  private final Vocabulary vocabulary;
  private final int batchSize;

  private LanguageEvaluation(
      RnnTextModel model, LanguageTask.Reader reader, Broadcast<float[]> parameters) {
    this.reader = reader;
    this.spec = model.fitted().spec();
    this.parameters = parameters;
    this.vocabulary = model.vocabulary();
    this.batchSize = model.getPredictionBatchSize();
  }

  /** Runs the model over a data set: one Spark job. */
  static RnnLanguageSummary evaluate(RnnTextModel model, Dataset<?> dataset) {
    model.checkTokens(dataset.schema());
    Dataset<Row> rows = dataset.toDF();
    LanguageEvaluation task =
        new LanguageEvaluation(
            model,
            new LanguageTask.Reader(model, rows.schema()),
            model.sharedParameters().in(dataset.sparkSession().sparkContext()));
    LanguageStatistics all =
        rows.javaRDD().mapPartitions(task).collect().stream()
            .reduce(LanguageStatistics.NONE, LanguageStatistics::plus);
    if (all.tokens() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no token is left to evaluate; at least one row needs two tokens. Check"
                  + " featuresCol \"%s\".",
              model.getClass().getSimpleName(),
              model.getFeaturesCol()));
    }
    return new RnnLanguageSummary(all, model.vocabulary());
  }

  @Override
  public Iterator<LanguageStatistics> call(Iterator<Row> rows) {
    StreamScorer scorer = new StreamScorer(spec, parameters.value());
    LanguageStatistics all = LanguageStatistics.NONE;
    while (rows.hasNext()) {
      all = all.plus(ofBatch(rows, scorer));
    }
    return List.of(all).iterator();
  }

  private LanguageStatistics ofBatch(Iterator<Row> rows, StreamScorer scorer) {
    List<int[]> batch = new ArrayList<>();
    long tokens = 0;
    while (rows.hasNext() && batch.size() < batchSize && tokens < BatchIterator.ENOUGH_TIME_STEPS) {
      int[] ids = reader.read(rows.next());
      if (ids != null) {
        batch.add(ids);
        tokens += ids.length;
      }
    }
    LanguageStatistics all = LanguageStatistics.NONE;
    List<StreamScorer.Score> scores = scorer.score(batch);
    for (int row = 0; row < batch.size(); row++) {
      StreamScorer.Score score = scores.get(row);
      double floor = unigramNats(batch.get(row));
      all = all.plus(new LanguageStatistics(1, score.tokens(), score.nats(), floor));
    }
    return all;
  }

  private double unigramNats(int[] ids) {
    double sum = 0;
    for (int place = 1; place < ids.length; place++) {
      sum += vocabulary.unigramNats(ids[place]);
    }
    return sum;
  }
}
