package sparkrnn.ml;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkrnn.data.ColumnLookup;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.SequenceDecoder;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.Network;
import sparkrnn.training.StartingPoint;

/** Vectors that embeddings begin with, by feature and id. */
final class EmbeddingVectors {

  private static final String ID = "id";
  private static final String VECTOR = "vector";

  private final Map<Integer, Map<Integer, float[]>> vectors = new HashMap<>();

  /** Those of another with those of one more feature, or in place of its old ones. */
  static EmbeddingVectors with(EmbeddingVectors others, int feature, Map<Integer, float[]> rows) {
    EmbeddingVectors more = new EmbeddingVectors();
    if (others != null) {
      more.vectors.putAll(others.vectors);
    }
    more.vectors.put(feature, rows);
    return more;
  }

  /**
   * Reads the columns id and vector: one Spark job.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, or a row can't be
   *     used
   */
  static Map<Integer, float[]> read(String stage, Dataset<?> rows) {
    SequenceDecoder decoder =
        SequenceDecoder.of(stage, "setEmbeddingVectors", rows.schema(), VECTOR);
    ColumnLookup.type(stage, "setEmbeddingVectors", rows.schema(), ID);
    Map<Integer, float[]> vectors = new HashMap<>();
    Dataset<Row> read = rows.select(functions.col(ID).cast("double"), functions.col(VECTOR));
    for (Row row : read.collectAsList()) {
      double id = row.isNullAt(0) ? Double.NaN : row.getDouble(0);
      if (!(id >= 0 && id <= Integer.MAX_VALUE && id == Math.rint(id))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: a row of the embedding vectors has the id %s; it must be a whole number of at"
                    + " least 0.",
                stage,
                row.isNullAt(0) ? "null" : String.valueOf(id)));
      }
      if (vectors.put((int) id, decoded(stage, decoder, (int) id, row.get(1))) != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: the embedding vectors have two rows of the id %d; each may have one.",
                stage,
                (int) id));
      }
    }
    return vectors;
  }

  private static float[] decoded(String stage, SequenceDecoder decoder, int id, Object value) {
    try {
      DecodedSequence vector = decoder.decode(value, 1);
      return vector.values();
    } catch (InvalidSequenceException invalid) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the embedding vector of the id %d %s.",
              stage,
              id,
              invalid.getMessage()));
    }
  }

  /**
   * A start with these vectors in their tables.
   *
   * @throws IllegalArgumentException if a feature has no embedding, an id is beyond its vocabulary
   *     or a vector has another size
   */
  StartingPoint over(StartingPoint start, RnnParams stage, Network network) {
    float[] parameters = start.parameters(network, stage.getSeed()).clone();
    vectors.forEach((feature, rows) -> write(stage, network, feature, rows, parameters));
    return new StartingPoint(parameters, start.frozen());
  }

  private static void write(
      RnnParams stage,
      Network network,
      int feature,
      Map<Integer, float[]> rows,
      float[] parameters) {
    EmbeddingSpec[] specs = network.spec().embeddings().toArray(new EmbeddingSpec[0]);
    for (int i = 0; i < specs.length; i++) {
      if (specs[i].feature() == feature) {
        int table = i;
        EmbeddingSpec spec = specs[i];
        rows.forEach(
            (id, vector) -> {
              check(stage, spec, id, vector);
              network.setEmbedding(parameters, table, id, vector);
            });
        return;
      }
    }
    throw ParamCombination.refusal(
        stage,
        "there are embedding vectors for feature %d and embeddingSizes is %s; the feature has no"
            + " embedding. Set its size in embeddingSizes to that of the vectors.",
        feature,
        Arrays.toString(stage.getEmbeddingSizes()));
  }

  private static void check(RnnParams stage, EmbeddingSpec spec, int id, float[] vector) {
    if (id >= spec.vocabularySize()) {
      throw ParamCombination.refusal(
          stage,
          "there is an embedding vector for the id %d of feature %d, whose ids are 0 to %d. Set"
              + " vocabularySizes, or leave the row out.",
          id,
          spec.feature(),
          spec.vocabularySize() - 1);
    }
    if (vector.length != spec.size()) {
      throw ParamCombination.refusal(
          stage,
          "the embedding vector for the id %d of feature %d has %d numbers and embeddingSizes is %s;"
              + " both must be the same. Set embeddingSizes to the size of the vectors.",
          id,
          spec.feature(),
          vector.length,
          Arrays.toString(stage.getEmbeddingSizes()));
    }
  }
}
