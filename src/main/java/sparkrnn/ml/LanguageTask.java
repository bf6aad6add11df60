package sparkrnn.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.TokenReader;
import sparkrnn.network.NetworkSpec;

/** What {@link RnnTextModel#transform} sends to the executors. */
final class LanguageTask implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  private final Reader reader;
  private final NetworkSpec spec;
  private final Broadcast<float[]> parameters;
  private final int batchSize;
  private final LanguageColumns columns;
  private final StructType scored;

  LanguageTask(RnnTextModel model, Broadcast<float[]> parameters, StructType schema) {
    this.reader = new Reader(model, schema);
    this.spec = model.fitted().spec();
    this.parameters = parameters;
    this.batchSize = model.getPredictionBatchSize();
    this.columns = model.outputColumns();
    this.scored = columns.appendTo(schema);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new ScoredRows(rows);
  }

  /** Reads the tokens of rows, and decides about rows that can't be used. */
  static final class Reader implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final int place;
    private final TokenReader tokens;
    private final InvalidRows invalidRows;

    Reader(RnnTextModel model, StructType schema) {
      this.column = model.getFeaturesCol();
      this.place = schema.fieldIndex(column);
      this.invalidRows = new InvalidRows(model, schema, Set.of(column));
      this.tokens = new TokenReader(model.vocabulary(), invalidRows.kept());
    }

    /**
     * The ids of a row; null where it can't be used and that is no error.
     *
     * @throws IllegalArgumentException naming the row, if handleInvalid is "error"
     */
    int[] read(Row row) {
      try {
        return tokens.read(row.get(place));
      } catch (InvalidSequenceException invalid) {
        invalidRows.refuseIfAsked(row, column, invalid);
        return null;
      }
    }

    /** Whether a row that can't be used appears in the output. */
    boolean keeps() {
      return invalidRows.kept();
    }
  }

  private double[] outputs(StreamScorer.Score score) {
    double[] outputs = new double[1 + score.state().length];
    outputs[0] = score.natsPerToken();
    for (int i = 0; i < score.state().length; i++) {
      outputs[1 + i] = score.state()[i];
    }
    return outputs;
  }

  private Row withScore(Row row, StreamScorer.Score score) {
    Object[] values = BatchTask.longer(row, scored.size());
    if (score != null) {
      columns.write(outputs(score), values, row.size());
    }
    return new GenericRowWithSchema(values, scored);
  }

  /** The rows of one partition with their scores, in order, a batch in memory at a time. */
  private final class ScoredRows implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final StreamScorer scorer = new StreamScorer(spec, parameters.value());
    private final List<Row> taken = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private List<StreamScorer.Score> scores = List.of();
    private int next;

    ScoredRows(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (next == taken.size() && rows.hasNext()) {
        readBatch();
      }
      return next < taken.size();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int place = places.get(next);
      return withScore(taken.get(next++), place < 0 ? null : scores.get(place));
    }

    private void readBatch() {
      taken.clear();
      places.clear();
      next = 0;
      List<int[]> batch = new ArrayList<>();
      long tokens = 0;
      while (taken.size() < batchSize
          && tokens < BatchIterator.ENOUGH_TIME_STEPS
          && rows.hasNext()) {
        Row row = rows.next();
        int[] ids = reader.read(row);
        if (ids != null) {
          taken.add(row);
          places.add(batch.size());
          batch.add(ids);
          tokens += ids.length;
        } else if (reader.keeps()) {
          taken.add(row);
          places.add(-1);
        }
      }
      scores = scorer.score(batch);
    }
  }
}
