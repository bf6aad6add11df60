package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.sequence.PackedSequences;

/** What language models learn, keep and make up. */
@ExtendWith(LocalSpark.class)
final class RnnLanguageModelTest {

  private final SparkSession spark;

  RnnLanguageModelTest(SparkSession spark) {
    this.spark = spark;
  }

  private static float[] flat(RnnTextModel model) {
    return model.fitted().parameters();
  }

  /** Words that follow by a rule but for one in ten: the entropy of a word is about half a nat. */
  @Test
  void learnsCharactersFarBelowTheFloorsAndMakesThemUp() {
    Dataset<Row> data = StreamRows.texts(spark, 6, 700);
    RnnTextModel model =
        StreamRows.small()
            .setUnits(32)
            .setEpochs(8)
            .setBatchSize(8)
            .setShardSize(0)
            .setBpttLength(25)
            .setGlobalClipNorm(1)
            .setValidationIndicatorCol("held")
            .fit(data);
    RnnLanguageSummary test = model.evaluate(data.filter("held"));
    assertThat(test.uniformNatsPerToken()).isEqualTo(Math.log(model.vocabularySize() - 1));
    assertThat(test.unigramNatsPerToken()).isBetween(2.0, test.uniformNatsPerToken());
    assertThat(test.natsPerToken()).isLessThan(0.35 * test.unigramNatsPerToken());
    assertThat(test.perplexity()).isEqualTo(Math.exp(test.natsPerToken()), within(1e-12));
    assertThat(test.bitsPerToken()).isEqualTo(test.natsPerToken() / Math.log(2), within(1e-12));
    assertThat(test.numInstances()).isEqualTo(1);
    assertThat(test.numTokens()).isEqualTo(StreamRows.text(700, 5).length() - 1);
    double[] validation = model.summary().validationHistory();
    assertThat(validation).hasSize(8);
    assertThat(validation[7]).isCloseTo(test.natsPerToken(), within(0.1));
    assertThat(model.summary().validationPerplexity()[7])
        .isEqualTo(Math.exp(validation[7]), within(1e-12));
    String made = model.generate("sea ", 60, Sampling.ofSeed(1).withTemperature(0.3));
    assertThat(made).hasSize(60);
    assertThat(Arrays.asList(made.split("[ .]")).subList(0, 8))
        .isSubsetOf("net", "rain", "tree", "sea", "moon", "stone", "fire");
  }

  /** A fit does what a loop over lanes does that cuts the tokens by hand. */
  @Test
  void fitEqualsALoopOverLanes() {
    List<int[]> streams = List.of(ids(3, 41), ids(1, 30), ids(2, 52), ids(4, 25));
    RnnLanguageModel estimator =
        StreamRows.small().setBatchSize(4).setShardSize(4).setOptimizer("sgd").setLearningRate(0.5);
    RnnTextModel fitted = estimator.fit(StreamRows.ids(spark, streams.toArray(new int[0][])));
    assertThat(fitted.summary().trainingTokens()).isEqualTo(4 * 36);
    assertThat(fitted.summary().steps()).isEqualTo(2 * 4);
    RnnTextModel initial =
        estimator.setEpochs(0).fit(StreamRows.ids(spark, streams.toArray(new int[0][])));
    float[] expected = plainLoop(initial, streams, 4, 10, 2, 0.5f);
    assertThat(flat(fitted)).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(flat(fitted)[i]).as("parameter %d", i).isCloseTo(expected[i], within(3e-5f));
    }
    assertThat(flat(fitted)).isNotEqualTo(flat(initial));
  }

  private static int[] ids(int seed, int count) {
    return new java.util.Random(seed).ints(count, 0, 5).toArray();
  }

  private static float[] plainLoop(
      RnnTextModel initial, List<int[]> streams, int lanes, int length, int epochs, float rate) {
    int[] all = streams.stream().sorted(Arrays::compare).flatMapToInt(Arrays::stream).toArray();
    int steps = (all.length - 1) / lanes;
    Network network = initial.fitted().network();
    NetworkWorkspace workspace = network.newWorkspace();
    float[] parameters = flat(initial).clone();
    for (int epoch = 0; epoch < epochs; epoch++) {
      float[] states = new float[lanes * network.stateSize()];
      for (int from = 0; from < steps; from += length) {
        int size = Math.min(length, steps - from);
        float[] x = new float[lanes * size];
        float[] targets = new float[lanes * size];
        for (int t = 0; t < size; t++) {
          for (int lane = 0; lane < lanes; lane++) {
            x[t * lanes + lane] = all[lane * steps + from + t];
            targets[t * lanes + lane] = all[lane * steps + from + t + 1];
          }
        }
        float[] ones = new float[lanes * size];
        Arrays.fill(ones, 1f);
        float[] gradient = new float[parameters.length];
        network.setStates(workspace, lanes, states, 0);
        network.addGradient(
            workspace,
            PackedSequences.of(IntStream.generate(() -> size).limit(lanes).toArray()),
            x,
            targets,
            ones,
            1f / ones.length,
            parameters,
            gradient);
        network.copyStates(workspace, lanes, states, 0);
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] -= rate * gradient[i];
        }
      }
    }
    return parameters;
  }

  private RnnLanguageModel dropping() {
    return StreamRows.small()
        .setCell("lstm")
        .setUnits(8, 6)
        .setEmbeddingSizes(6)
        .setTieWeights(true)
        .setDropout(0.2)
        .setRecurrentDropout(0.2)
        .setOutputDropout(0.3)
        .setValidationFraction(0.2);
  }

  @Test
  void everyPartitioningExchangeAndNumberOfWorkersGivesTheSameBits() {
    Dataset<Row> data = StreamRows.texts(spark, 7, 30);
    float[] expected = flat(dropping().fit(data.coalesce(1)));
    List<UnaryOperator<RnnLanguageModel>> layouts =
        List.of(
            estimator -> estimator.setNumWorkers(1),
            estimator -> estimator.setNumWorkers(3),
            estimator -> estimator.setExchange("rpc").setNumWorkers(2),
            estimator -> estimator.setExchange("job").setNumWorkers(3));
    for (int i = 0; i < layouts.size(); i++) {
      RnnTextModel model = layouts.get(i).apply(dropping()).fit(data.repartition(1 + 2 * i));
      assertThat(flat(model)).as("layout %d", i).containsExactly(expected);
    }
  }

  @Test
  void streamsFollowOneAnotherInTheOrderOfTheColumn() {
    Dataset<Row> data = StreamRows.texts(spark, 5, 30);
    float[] byContent = flat(StreamRows.small().fit(data));
    float[] byId = flat(StreamRows.small().setOrderCol("id").fit(data));
    Dataset<Row> backward = data.withColumn("id", functions.expr("-id"));
    assertThat(byId).isNotEqualTo(byContent);
    assertThat(flat(StreamRows.small().setOrderCol("id").fit(backward))).isNotEqualTo(byId);
    assertThat(flat(StreamRows.small().setOrderCol("id").fit(data.orderBy(functions.desc("id")))))
        .containsExactly(byId);
  }

  @Test
  void tokensThatWereRareBecomeTheUnknownOne() {
    Dataset<Row> data =
        StreamRows.words(spark, 4, 60).union(StreamRows.words(spark, 1, 1).limit(0));
    Dataset<Row> rare =
        data.withColumn("text", functions.expr("concat(text, array('once', 'net'))"));
    RnnTextModel all = StreamRows.small().setEpochs(0).fit(rare.coalesce(1));
    RnnTextModel common = StreamRows.small().setEpochs(0).setMinCount(5).fit(rare);
    RnnTextModel three = StreamRows.small().setEpochs(0).setMaxVocabularySize(3).fit(rare);
    assertThat(all.tokens()).hasSize(9).startsWith("").contains("once");
    assertThat(common.tokens()).hasSize(8).doesNotContain("once");
    assertThat(three.tokens()).hasSize(4).containsExactly(Arrays.copyOf(all.tokens(), 4));
  }

  @Test
  void modelsOfWordsAndOfIdsGenerateSuch() {
    RnnTextModel words = StreamRows.small().fit(StreamRows.words(spark, 4, 60));
    Sampling sampling = Sampling.ofSeed(2);
    assertThat(words.generate(List.of("sea", "moon"), 9, sampling))
        .hasSize(9)
        .isSubsetOf(words.tokens())
        .doesNotContain("")
        .isEqualTo(words.generate(List.of("sea", "moon"), 9, sampling))
        .isNotEqualTo(words.generate(List.of("sea", "moon"), 9, Sampling.ofSeed(3)));
    RnnTextModel ids = StreamRows.small().fit(StreamRows.ids(spark, ids(1, 90), ids(2, 50)));
    assertThat(ids.vocabularySize()).isEqualTo(5);
    int[] drawn = ids.generate(new int[] {3}, 40, sampling);
    assertThat(drawn).hasSize(40).contains(0);
    assertThat(Arrays.stream(drawn).allMatch(id -> id >= 0 && id < 5)).isTrue();
  }

  /** One token, a small temperature and a small sum of probabilities all leave the likeliest. */
  @Test
  void samplingNarrowsToTheLikeliest() {
    RnnTextModel model = StreamRows.small().fit(StreamRows.texts(spark, 4, 60));
    Sampling free = Sampling.ofSeed(5);
    String likeliest = model.generate("sea", 30, free.withTopK(1));
    assertThat(model.generate("sea", 30, free.withTopP(1e-9))).isEqualTo(likeliest);
    assertThat(model.generate("sea", 30, free.withTemperature(1e-6))).isEqualTo(likeliest);
    assertThat(model.generate("sea", 30, Sampling.ofSeed(6).withTopK(1))).isEqualTo(likeliest);
    assertThat(model.generate("sea", 30, free)).isNotEqualTo(likeliest);
    assertThat(model.generate("sea", 0, free)).isEmpty();
  }

  @Test
  void transformScoresRowsOfAnyLengthAsOneByOne() {
    Dataset<Row> data =
        StreamRows.texts(spark, 3, 60)
            .union(StreamRows.text(spark, "s"))
            .union(StreamRows.text(spark, "sea"));
    RnnTextModel model = StreamRows.small().fit(StreamRows.texts(spark, 4, 60));
    model.setPerplexityCol("perplexity").setStateCol("state");
    List<Row> rows = model.transform(data.coalesce(1)).collectAsList();
    List<Row> alone = model.setPredictionBatchSize(1).transform(data.coalesce(1)).collectAsList();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.getString(1).length() == 1) {
        assertThat(row.isNullAt(3)).isTrue();
        assertThat(row.isNullAt(4)).isTrue();
      } else {
        double nats = row.getDouble(3);
        assertThat(nats).isCloseTo(expectedNats(model, row.getString(1)), within(1e-5));
        assertThat(nats).isCloseTo(alone.get(i).getDouble(3), within(1e-5));
        assertThat(row.getDouble(4)).isEqualTo(Math.exp(nats), within(1e-12));
      }
      org.apache.spark.ml.linalg.Vector state = row.getAs("state");
      assertThat(state.size()).isEqualTo(12);
      assertThat(state.toArray()).doesNotContain(0);
    }
  }

  /** By one run over the whole row. */
  private static double expectedNats(RnnTextModel model, String text) {
    List<String> tokens = Arrays.asList(model.tokens());
    Network network = model.fitted().network();
    NetworkWorkspace workspace = network.newWorkspace();
    int steps = text.length() - 1;
    float[] x = new float[steps];
    float[] targets = new float[steps];
    float[] ones = new float[steps];
    Arrays.fill(ones, 1f);
    for (int t = 0; t < steps; t++) {
      x[t] = tokens.indexOf(text.substring(t, t + 1));
      targets[t] = tokens.indexOf(text.substring(t + 1, t + 2));
    }
    PackedSequences one = PackedSequences.of(steps);
    network.forward(workspace, one, x, flat(model));
    return network.loss(workspace, one, targets, ones) / steps;
  }

  @Test
  void rowsThatCanNotBeUsedAreLeftOutOrKept() {
    Dataset<Row> data = StreamRows.texts(spark, 4, 60);
    Dataset<Row> odd =
        data.union(StreamRows.text(spark, null)).union(StreamRows.text(spark, "sea Z"));
    RnnTextModel model =
        StreamRows.small().setHandleInvalid("skip").fit(data.union(StreamRows.text(spark, null)));
    assertThat(model.summary().skippedRows()).isEqualTo(1);
    assertThat(flat(model)).containsExactly(flat(StreamRows.small().fit(data)));
    assertThat(model.transform(odd).count()).isEqualTo(4);
    List<Row> kept = model.setHandleInvalid("keep").transform(odd).collectAsList();
    assertThat(kept).hasSize(6);
    assertThat(kept.get(4).isNullAt(3)).isTrue();
    assertThat(kept.get(5).getDouble(3)).isPositive();
    assertThat(model.evaluate(odd).numInstances()).isEqualTo(5);
  }

  @Test
  void loadedModelScoresAndGeneratesTheSame(@TempDir Path directory) throws IOException {
    Dataset<Row> data = StreamRows.texts(spark, 4, 60);
    RnnTextModel model = dropping().fit(data);
    String path = directory.resolve("model").toString();
    model.save(path);
    RnnTextModel loaded = RnnTextModel.load(path);
    assertThat(loaded.tokens()).containsExactly(model.tokens());
    assertThat(loaded.evaluate(data).toString()).isEqualTo(model.evaluate(data).toString());
    assertThat(loaded.generate("sea", 50, Sampling.ofSeed(4)))
        .isEqualTo(model.generate("sea", 50, Sampling.ofSeed(4)));
    assertThat(loaded.summary().trainingTokens()).isEqualTo(model.summary().trainingTokens());
    assertThat(loaded.summary().validationTokens())
        .isEqualTo(model.summary().validationTokens())
        .isPositive();
    assertThat(loaded.summary().tokensPerSecond()).hasSize(2);
    assertThat(loaded.weights()).doesNotContainKey("dense/kernel").containsKey("dense/bias");
    assertThat(RnnModel.loadAny(path)).isInstanceOf(RnnTextModel.class);
    SavedDescription.edit(Path.of(path), "\"language\" :", "\"other\" :");
    assertThatThrownBy(() -> RnnTextModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.json is not the JSON of a model");
  }

  /** Ids belong to the vocabulary of the initial model, whatever is common in the new text. */
  @Test
  void fitGoesOnFromAModelWithItsVocabulary(@TempDir Path directory) throws IOException {
    Dataset<Row> data = StreamRows.texts(spark, 4, 60);
    RnnTextModel first = StreamRows.small().fit(data);
    Dataset<Row> other = data.withColumn("text", functions.expr("concat(text, repeat('e!', 90))"));
    RnnTextModel same = StreamRows.small().setInitialModel(first).setEpochs(0).fit(other);
    assertThat(same.tokens()).containsExactly(first.tokens()).doesNotContain("!");
    assertThat(flat(same)).containsExactly(flat(first));
    first.save(directory.resolve("model").toString());
    RnnTextModel further =
        StreamRows.small().setInitialModelPath(directory.resolve("model").toString()).fit(other);
    assertThat(further.tokens()).containsExactly(first.tokens());
    assertThat(flat(further))
        .containsExactly(flat(StreamRows.small().setInitialModel(first).fit(other)))
        .isNotEqualTo(flat(first));
  }
}
