package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/** Which tokens a text has and which ids they get. */
@ExtendWith(LocalSpark.class)
final class TokenIndexerTest {

  private final SparkSession spark;

  TokenIndexerTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> texts(String... texts) {
    return spark.createDataset(List.of(texts), Encoders.STRING()).toDF("text");
  }

  private static TokenIndexer indexer() {
    return new TokenIndexer().setInputCol("text");
  }

  private static TokenIndexer words() {
    return indexer().setTokens("words");
  }

  private static List<String> ids(Dataset<Row> indexed) {
    return indexed.select("features").collectAsList().stream()
        .map(row -> String.valueOf(SeriesRows.plain(row.get(0))))
        .toList();
  }

  @Test
  void idsGoByFrequencyThenByText() {
    TokenIndexerModel model = indexer().fit(texts("cab", "abba", "cc"));
    // a 3, b 3, c 3
    assertThat(model.vocabulary()).containsExactly("a", "b", "c");
    TokenIndexerModel other = indexer().fit(texts("zebra", "zz"));
    // z 3; a, b, e, r once
    assertThat(other.vocabulary()).containsExactly("z", "a", "b", "e", "r");
    assertThat(other.vocabularySize()).isEqualTo(7);
    assertThat(ids(other.transform(texts("zebra", "quiz"))))
        .containsExactly("[2, 5, 4, 6, 3]", "[1, 1, 1, 2]");
  }

  @Test
  void charactersAreCodePoints() {
    // U+1F600 is two chars of Java; a line break is a character too.
    String face = new String(Character.toChars(0x1F600));
    TokenIndexerModel model = indexer().fit(texts("a" + face + "\n" + face));
    assertThat(model.vocabulary()).containsExactly(face, "\n", "a");
    assertThat(ids(model.transform(texts(face + "a")))).containsExactly("[2, 4]");
  }

  @Test
  void textsOfOneFrequencyAreInTheOrderOfTheirCodePoints() {
    // As chars of Java the face, a surrogate pair, would come before U+FF21.
    String face = new String(Character.toChars(0x1F600));
    assertThat(indexer().fit(texts(face + "\uFF21b")).vocabulary())
        .containsExactly("b", "\uFF21", face);
  }

  @Test
  void wordsAreLettersNumbersAndSingleMarks() {
    TokenIndexerModel model =
        words().fit(texts("Year 2024: r\u00e9sum\u00e9s, r\u00e9sum\u00e9s!"));
    assertThat(model.vocabulary())
        .containsExactly("r\u00e9sum\u00e9s", "!", ",", "2024", ":", "Year");
  }

  @Test
  void wordsByAPatternOfOnesOwnAndInLowerCase() {
    TokenIndexerModel model =
        words().setPattern("[a-z]*").setLowercase(true).fit(texts("Go go-GO 1 \u00c4"));
    assertThat(model.vocabulary()).containsExactly("go");
    assertThat(ids(model.transform(texts("GO stop")))).containsExactly("[2, 1]");
  }

  @Test
  void arraysAreTokensAlready() {
    Dataset<Row> data = spark.sql("SELECT array('B', 'b c', '', 'B') AS text");
    TokenIndexer indexer = indexer().setTokens("array");
    assertThat(indexer.fit(data).vocabulary()).containsExactly("B", "", "b c");
    TokenIndexerModel lower = indexer.setLowercase(true).fit(data);
    assertThat(ids(lower.transform(data))).containsExactly("[2, 4, 3, 2]");
  }

  @Test
  void rareTokensAndThoseBeyondTheSizeAreUnknown() {
    Dataset<Row> data = texts("aaaabbbccd");
    assertThat(indexer().setMinCount(2).fit(data).vocabulary()).containsExactly("a", "b", "c");
    TokenIndexerModel two = indexer().setMaxSize(4).fit(data);
    assertThat(two.vocabulary()).containsExactly("a", "b");
    assertThat(two.vocabularySize()).isEqualTo(4);
    assertThat(ids(two.transform(texts("abcd")))).containsExactly("[2, 3, 1, 1]");
  }

  @Test
  void idsDoNotDependOnThePartitions() {
    Dataset<Row> data =
        spark.range(500).selectExpr("concat('w', id % 37, ' w', id % 11, ' w', id % 100) AS text");
    String[] one = words().setPattern("\\w+").setMaxSize(40).fit(data.coalesce(1)).vocabulary();
    assertThat(one).hasSize(38).startsWith("w0", "w1", "w2");
    for (int partitions : new int[] {2, 7}) {
      Dataset<Row> parted = data.repartition(partitions, functions.col("text"));
      assertThat(words().setPattern("\\w+").setMaxSize(40).fit(parted).vocabulary())
          .containsExactly(one);
    }
  }

  @Test
  void decodeGivesTheTokensBack() {
    TokenIndexerModel model = indexer().fit(texts("abba"));
    assertThat(model.decode(2, 3, 1, 0, 2)).containsExactly("a", "b", "\uFFFD", "a");
    messageOf(() -> model.decode(2, 4))
        .isEqualTo(
            "TokenIndexerModel: there is 4 at place 1 of the ids; the vocabulary has ids 0 to 3."
                + " Decode ids that this model made.");
  }

  private Dataset<Row> spoilt() {
    return spark.sql(
        "SELECT * FROM VALUES (1, 'ab'), (2, null), (3, ' '), (4, 'a') AS rows(id, text)");
  }

  @Test
  void skipLeavesTextsOutAndKeepTakesThem() {
    TokenIndexer skip = words().setHandleInvalid("skip");
    TokenIndexerModel model = skip.fit(spoilt());
    assertThat(model.vocabulary()).containsExactly("a", "ab");
    assertThat(ids(model.transform(spoilt()))).containsExactly("[3]", "[2]");
    TokenIndexerModel keep = words().setHandleInvalid("keep").fit(spoilt());
    assertThat(keep.vocabulary()).containsExactly("a", "ab");
    assertThat(ids(keep.transform(spoilt()))).containsExactly("[3]", "null", "[]", "[2]");
  }

  @Test
  void nullTokensOfAnArray() {
    Dataset<Row> data = spark.sql("SELECT 7 AS id, array('a', null) AS text");
    TokenIndexer array = indexer().setTokens("array");
    messageInJob(() -> array.fit(data))
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] TokenIndexer: column \"text\" (inputCol) holds a null token in the"
                + " row with id 7; every row needs at least one token. Mend the row, or set"
                + " handleInvalid to \"skip\" or \"keep\". SQLSTATE: P0001");
    TokenIndexerModel keep = array.setHandleInvalid("keep").fit(data);
    assertThat(keep.vocabulary()).containsExactly("a");
    assertThat(ids(keep.transform(data))).containsExactly("[2, 1]");
    assertThat(ids(keep.setHandleInvalid("skip").transform(data))).isEmpty();
  }

  @Test
  void errorNamesTheRow() {
    String end =
        "; every row needs at least one token. Mend the row, or set handleInvalid to \"skip\" or"
            + " \"keep\". SQLSTATE: P0001";
    messageInJob(() -> words().fit(spoilt().filter("id <> 3")))
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] TokenIndexer: column \"text\" (inputCol) is null in the row with"
                + " id 2"
                + end);
    TokenIndexerModel model = words().fit(texts("a"));
    messageInJob(() -> model.transform(spoilt().filter("id = 3")).collectAsList())
        .isEqualTo(
            "[USER_RAISED_EXCEPTION] TokenIndexerModel: column \"text\" (inputCol) holds no token in"
                + " the row with id 3"
                + end);
  }

  @Test
  void emptyVocabulary() {
    messageOf(() -> words().setMinCount(3).fit(texts("a b a")))
        .isEqualTo(
            "TokenIndexer: no token of column \"text\" (inputCol) occurs at least 3 times (minCount);"
                + " the vocabulary needs at least one. Check the column, pattern and handleInvalid"
                + " (\"error\"), or lower minCount.");
    messageOf(() -> words().setHandleInvalid("skip").fit(texts(" ")))
        .isEqualTo(
            "TokenIndexer: no token of column \"text\" (inputCol) occurs at least 1 time (minCount);"
                + " the vocabulary needs at least one. Check the column, pattern and handleInvalid"
                + " (\"skip\"), or lower minCount.");
  }

  @Test
  void paramsAreChecked() {
    messageOf(() -> new TokenIndexer().setTokens("bytes"))
        .isEqualTo(
            "TokenIndexer: tokens is \"bytes\"; it must be one of \"characters\", \"words\","
                + " \"array\".");
    messageOf(() -> new TokenIndexer().setPattern("[a-"))
        .isEqualTo(
            "TokenIndexer: pattern is \"[a-\"; it must be a regular expression as"
                + " java.util.regex.Pattern reads it, such as \"\\\\w+\".");
    messageOf(() -> new TokenIndexer().setMaxSize(2))
        .isEqualTo(
            "TokenIndexer: maxSize is 2; it must be a whole number of at least 3, because id 0 is"
                + " padding and id 1 the unknown token.");
    messageOf(() -> new TokenIndexer().setMinCount(0))
        .isEqualTo("TokenIndexer: minCount is 0; it must be a whole number of at least 1.");
  }

  @Test
  void columnsAreCheckedBeforeAnyJob() {
    Dataset<Row> data = spark.sql("SELECT 1 AS n, array('a') AS words, 'b' AS text");
    messageOf(() -> new TokenIndexer().fit(data))
        .isEqualTo(
            "TokenIndexer: inputCol is not set; it is needed: column of the text: string, or"
                + " array<string> where tokens is array. Set inputCol.");
    messageOf(() -> indexer().setInputCol("n").fit(data))
        .isEqualTo(
            "TokenIndexer: column \"n\" (inputCol) is int; it must be string, because tokens is"
                + " \"characters\". Cast it to string, or name another column.");
    messageOf(() -> words().setInputCol("words").fit(data))
        .isEqualTo(
            "TokenIndexer: column \"words\" (inputCol) is array<string>; it must be string, because"
                + " tokens is \"words\". Set tokens to \"array\".");
    messageOf(() -> indexer().setTokens("array").fit(data))
        .isEqualTo(
            "TokenIndexer: column \"text\" (inputCol) is string; it must be array<string>, because"
                + " tokens is \"array\". Name another column, or set tokens to \"characters\" or"
                + " \"words\".");
    messageOf(() -> indexer().setOutputCol("n").fit(data))
        .isEqualTo(
            "TokenIndexer: the data already has a column \"n\" (outputCol); it would be overwritten."
                + " Drop or rename it, or set outputCol to another name.");
    messageOf(() -> indexer().fit(texts("a")).transform(data.drop("text")))
        .isEqualTo(
            "TokenIndexerModel: there is no column \"text\" (inputCol) in the data; it has \"n\","
                + " \"words\". Set inputCol to one of them.");
  }

  @Test
  void otherColumnsAndTheSchemaAreAsPromised() {
    Dataset<Row> data = spark.sql("SELECT 1 AS `a.b`, 'ab' AS `the text`");
    TokenIndexerModel model = new TokenIndexer().setInputCol("the text").fit(data);
    Dataset<Row> indexed = model.transform(data);
    assertThat(indexed.schema()).isEqualTo(model.transformSchema(data.schema()));
    assertThat(indexed.schema().simpleString())
        .isEqualTo("struct<a.b:int,the text:string,features:array<int>>");
  }

  @Test
  void copyKeepsTheVocabulary() {
    TokenIndexerModel model = indexer().fit(texts("abba"));
    assertThat(model.copy(ParamMap.empty()).vocabulary()).containsExactly("a", "b");
    assertThat(model.hasParent()).isTrue();
    assertThat(model.toString())
        .isEqualTo(
            "TokenIndexerModel: uid=" + model.uid() + ", tokens=characters, vocabularySize=4");
  }

  @Test
  void loadedModelGivesTheSameIds(@TempDir Path directory) throws Exception {
    // A token may be any text: with line breaks, quotes, empty.
    Dataset<Row> data = spark.sql("SELECT array('a\\nb', '\"', '', '\\\\', 'a\\nb') AS text");
    TokenIndexerModel model = indexer().setTokens("array").fit(data);
    String path = directory.resolve("model").toString();
    model.save(path);
    TokenIndexerModel loaded = TokenIndexerModel.load(path);
    assertThat(loaded.vocabulary()).containsExactly(model.vocabulary()).contains("a\nb", "");
    assertThat(ids(loaded.transform(data))).isEqualTo(ids(model.transform(data)));
  }

  @Test
  void damagedDirectories(@TempDir Path directory) throws Exception {
    String path = directory.resolve("model").toString();
    messageOf(() -> TokenIndexerModel.load(path))
        .isEqualTo(
            "TokenIndexerModel at "
                + path
                + ": no stage was saved there. Load the path that the model was saved to.");
    indexer().fit(texts("abba")).save(path);
    Path file = directory.resolve("model").resolve("vocabulary.json");
    // Hadoop would refuse a file that does not fit its checksum before we see it.
    Files.delete(file.resolveSibling(".vocabulary.json.crc"));
    String whole = Files.readString(file);
    assertThat(whole).isEqualTo("{\"formatVersion\":1,\"tokens\":[\"a\",\"b\"]}");
    Files.writeString(file, whole.substring(0, 20));
    messageOf(() -> TokenIndexerModel.load(path))
        .isEqualTo(
            "TokenIndexerModel at "
                + path
                + ": vocabulary.json is not whole; it is cut short or edited. Save the model again.");
    Files.writeString(file, whole.replace(":1", ":9"));
    messageOf(() -> TokenIndexerModel.load(path))
        .isEqualTo(
            "TokenIndexerModel at "
                + path
                + ": vocabulary.json has format version 9; this spark-rnn reads version 1. Load it"
                + " with the spark-rnn that wrote it, or fit it again.");
    Files.delete(file);
    messageOf(() -> TokenIndexerModel.load(path))
        .isEqualTo(
            "TokenIndexerModel at "
                + path
                + ": there is no file vocabulary.json; the directory is not whole or holds something"
                + " else. Save the model again, or load another path.");
  }

  @Test
  void modelWithoutAVocabularySaysSo() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new TokenIndexerModel().transform(texts("a"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "TokenIndexerModel: this model has no vocabulary; it comes from a constructor. Take a"
                + " model from TokenIndexer.fit or TokenIndexerModel.load.");
  }

  @Test
  @Timeout(120)
  void streamsAsABatchDoes(@TempDir Path directory) throws Exception {
    Dataset<Row> data =
        spark.range(60).selectExpr("if(id % 7 = 0, null, concat('x', id % 9, 'y')) AS text");
    TokenIndexerModel model = indexer().setHandleInvalid("skip").fit(data);
    Dataset<Row> streamed = Streams.through(model, data, directory, "streamed_tokens");
    assertThat(ids(streamed))
        .hasSize(51)
        .containsExactlyInAnyOrderElementsOf(ids(model.transform(data)));
  }

  @Test
  void feedsARegressorInAPipeline(@TempDir Path directory) throws Exception {
    Dataset<Row> data =
        spark
            .range(40)
            .selectExpr("repeat('ab', int(id % 5) + 1) AS text", "double(id % 5) AS label");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  indexer(), new RnnRegressor().setUnits(4).setEpochs(2).setBatchSize(8).setSeed(5)
                });
    PipelineModel fitted = pipeline.fit(data);
    String path = directory.resolve("pipeline").toString();
    fitted.save(path);
    List<Row> predicted = fitted.transform(data).select("prediction").collectAsList();
    assertThat(predicted).hasSize(40);
    assertThat(PipelineModel.load(path).transform(data).select("prediction").collectAsList())
        .isEqualTo(predicted);
  }
}
