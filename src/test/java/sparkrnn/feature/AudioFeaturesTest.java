package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnClassifier;

/** Sound files of a data set as frames; the numbers of a frame are AudioParityTest's. */
@ExtendWith(LocalSpark.class)
final class AudioFeaturesTest {

  private final SparkSession spark;

  AudioFeaturesTest(SparkSession spark) {
    this.spark = spark;
  }

  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("sound", DataTypes.BinaryType);

  private Dataset<Row> sounds(byte[]... files) {
    List<Row> rows = new ArrayList<>();
    for (byte[] file : files) {
      rows.add(RowFactory.create((long) rows.size(), file));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static AudioFeatures stage() {
    return new AudioFeatures().setInputCol("sound").setSampleRate(8000);
  }

  /** "frames x features" of each row, null where there is no sequence. */
  private static List<String> shapes(Dataset<Row> framed) {
    return framed.select("features").collectAsList().stream()
        .map(row -> row.isNullAt(0) ? "null" : shape(row.getList(0)))
        .toList();
  }

  private static String shape(List<Seq<?>> frames) {
    assertThat(frames).extracting(Seq::size).containsOnly(frames.get(0).size());
    return frames.size() + " x " + frames.get(0).size();
  }

  @Test
  void wholeFramesOnlyOfTheFeaturesThatAreAsked() throws IOException {
    // Frames of 200 samples, each 80 behind the last.
    Dataset<Row> data =
        sounds(SoundFiles.tone(8000, 200), SoundFiles.tone(8000, 279), SoundFiles.tone(8000, 1000));
    assertThat(shapes(stage().transform(data))).containsExactly("1 x 13", "1 x 13", "11 x 13");
    assertThat(shapes(stage().setDeltas(2).setNumCoefficients(5).transform(data)))
        .containsExactly("1 x 15", "1 x 15", "11 x 15");
    assertThat(shapes(stage().setFeatures("logMel").setNumMels(24).setDeltas(1).transform(data)))
        .containsExactly("1 x 48", "1 x 48", "11 x 48");
    assertThat(shapes(stage().setWindowMillis(10).setHopMillis(20).transform(data)))
        .containsExactly("1 x 13", "2 x 13", "6 x 13");
  }

  @Test
  void toneIsInItsBand() throws IOException {
    // Edges at equal distances on the mel scale from 0 to 4000 hertz, 2146 mel: 440 hertz is 550.
    Dataset<Row> data = sounds(SoundFiles.tone(8000, 800));
    AudioFeatures stage = stage().setFeatures("logMel").setNumMels(20);
    Row row = stage.transform(data).first();
    Seq<?> frame = row.<Seq<?>>getList(2).get(3);
    int loudest = 0;
    for (int band = 1; band < 20; band++) {
      if ((Float) frame.apply(band) > (Float) frame.apply(loudest)) {
        loudest = band;
      }
    }
    double step = 1127 * Math.log1p(4000 / 700.0) / 21;
    double tone = 1127 * Math.log1p(440 / 700.0);
    assertThat(Math.abs((loudest + 1) * step - tone)).isLessThan(step / 2 + 1);
  }

  @Test
  void silenceIsTheFloorAndNormalizesToZero() throws IOException {
    Dataset<Row> data = sounds(SoundFiles.wav(8000, 16, 1, new float[400]));
    List<?> frames =
        (List<?>) SeriesRows.plain(stage().setFeatures("logMel").transform(data).first().get(2));
    assertThat(frames.get(1).toString()).matches("\\[(-23\\.02585\\d*(, |\\])){40}");
    List<?> zeros =
        (List<?>)
            SeriesRows.plain(
                stage().setNormalize("perFile").setDeltas(1).transform(data).first().get(2));
    assertThat(zeros.get(0).toString()).matches("\\[(0\\.0(, |\\])){26}");
  }

  private Dataset<Row> spoilt() throws IOException {
    return sounds(
        SoundFiles.tone(8000, 400),
        null,
        new byte[0],
        "no sound".getBytes(StandardCharsets.US_ASCII),
        SoundFiles.tone(16000, 400),
        SoundFiles.tone(8000, 199),
        Arrays.copyOf(SoundFiles.tone(8000, 400), 500),
        SoundFiles.wav(8000, 16, 1));
  }

  @Test
  void skipLeavesRowsOutAndKeepTakesThemWithNull() throws IOException {
    Dataset<Row> data = spoilt();
    Dataset<Row> skipped = stage().setHandleInvalid("skip").transform(data);
    assertThat(shapes(skipped)).containsExactly("3 x 13");
    assertThat(skipped.count()).isEqualTo(1);
    assertThat(shapes(stage().setHandleInvalid("keep").transform(data)))
        .containsExactly("3 x 13", "null", "null", "null", "null", "null", "null", "null");
  }

  private void message(int id, String expected) throws IOException {
    Dataset<Row> one = spoilt().filter("id = " + id);
    messageInJob(() -> stage().transform(one).collectAsList())
        .isEqualTo(
            "AudioFeatures: column \"sound\" (inputCol) "
                + expected
                + ", or set handleInvalid to \"skip\" or \"keep\".");
  }

  @Test
  void errorNamesTheRowAndWhatToDo() throws IOException {
    message(
        1, "is null in the row with id 1; every row needs the bytes of a sound file. Mend the row");
    message(
        2,
        "is empty in the row with id 2; every row needs the bytes of a sound file. Mend the row");
    message(
        4,
        "holds sound of 16000 hertz in the row with id 4; sampleRate is 8000. Resample the file,"
            + " set sampleRate to 16000");
    message(
        5,
        "holds 199 samples in the row with id 5; a frame (windowMillis) at this rate is 200 samples."
            + " Leave the row out, lower windowMillis");
    message(
        6,
        "holds 228 of the 400 samples that its header names in the row with id 6; the file must be"
            + " whole. Copy it again");
    message(
        7,
        "holds 0 samples in the row with id 7; a frame (windowMillis) at this rate is 200 samples."
            + " Leave the row out, lower windowMillis");
    Dataset<Row> text = spoilt().filter("id = 3");
    messageInJob(() -> stage().transform(text).collectAsList())
        .startsWith("AudioFeatures: column \"sound\" (inputCol) holds 8 bytes that are no sound")
        .endsWith(
            " in the row with id 3; they must be a wav file, or another one that javax.sound reads."
                + " Mend the row, or set handleInvalid to \"skip\" or \"keep\".");
  }

  @Test
  void paramsAreChecked() {
    messageOf(() -> stage().setFeatures("mel"))
        .isEqualTo("AudioFeatures: features is \"mel\"; it must be one of \"logMel\", \"mfcc\".");
    messageOf(() -> stage().setSampleRate(0))
        .isEqualTo("AudioFeatures: sampleRate is 0; it must be a whole number of at least 1.");
    messageOf(() -> stage().setWindowMillis(0))
        .isEqualTo("AudioFeatures: windowMillis is 0.0; it must be a finite number above 0.");
    messageOf(() -> stage().setHopMillis(Double.NaN))
        .isEqualTo("AudioFeatures: hopMillis is NaN; it must be a finite number above 0.");
    messageOf(() -> stage().setNumMels(0))
        .isEqualTo("AudioFeatures: numMels is 0; it must be a whole number of at least 1.");
    messageOf(() -> stage().setNumCoefficients(-1))
        .isEqualTo(
            "AudioFeatures: numCoefficients is -1; it must be a whole number of at least 1.");
    messageOf(() -> stage().setMinFrequency(-1))
        .isEqualTo(
            "AudioFeatures: minFrequency is -1.0; it must be a finite number of at least 0.0.");
    messageOf(() -> stage().setMaxFrequency(Double.POSITIVE_INFINITY))
        .isEqualTo(
            "AudioFeatures: maxFrequency is Infinity; it must be a finite number of at least 0.0.");
    messageOf(() -> stage().setPreemphasis(1))
        .isEqualTo(
            "AudioFeatures: preemphasis is 1.0; it must be a finite number of at least 0.0 and below"
                + " 1.0.");
    messageOf(() -> stage().setDeltas(3))
        .isEqualTo("AudioFeatures: deltas is 3; it must be a whole number from 0 to 2.");
    messageOf(() -> stage().setNormalize("file"))
        .isEqualTo(
            "AudioFeatures: normalize is \"file\"; it must be one of \"none\", \"perFile\".");
    messageOf(() -> stage().setHandleInvalid("drop"))
        .isEqualTo(
            "AudioFeatures: handleInvalid is \"drop\"; it must be one of \"error\", \"skip\","
                + " \"keep\".");
  }

  private static void together(AudioFeatures stage, String expected) {
    messageOf(() -> stage.transformSchema(SCHEMA)).isEqualTo("AudioFeatures: " + expected);
  }

  @Test
  void paramsMustGoTogether() {
    together(
        stage().setWindowMillis(600),
        "windowMillis at sampleRate 8000 gives frames of length 4800; it must be 2 to 4096 samples."
            + " Set windowMillis to another value.");
    together(
        stage().setWindowMillis(0.1),
        "windowMillis at sampleRate 8000 gives frames of length 1; it must be 2 to 4096 samples."
            + " Set windowMillis to another value.");
    together(
        stage().setHopMillis(0.05),
        "hopMillis at sampleRate 8000 is less than a sample; it must be at least one. Raise"
            + " hopMillis.");
    together(
        stage().setMaxFrequency(4001),
        "maxFrequency is 4001.0 and sampleRate 8000; sound has no frequency above half of its sample"
            + " rate. Set maxFrequency to at most 4000.0, or to 0.");
    together(
        stage().setMinFrequency(4000),
        "minFrequency is 4000.0 and the highest band ends at 4000.0 hertz; it must begin below."
            + " Lower minFrequency.");
    together(
        stage().setNumMels(12),
        "numCoefficients is 13 and numMels 12; so many bands have no more coefficients. Lower"
            + " numCoefficients, or raise numMels.");
    together(
        stage().setNumMels(128),
        "band 0 of 128 (numMels, counted from 0) holds none of the 129 frequencies that frames of"
            + " 200 samples have, 31.25 hertz apart; every band needs one. Lower numMels, or raise"
            + " windowMillis.");
  }

  @Test
  void columnsAreCheckedBeforeAnyJob() {
    Dataset<Row> data = spark.sql("SELECT 1 AS id, X'00' AS sound, 'a.wav' AS path");
    messageOf(() -> new AudioFeatures().transform(data))
        .isEqualTo(
            "AudioFeatures: inputCol is not set; it is needed: column of the bytes of sound files:"
                + " binary, such as content of Spark's binaryFile source. Set inputCol.");
    messageOf(() -> stage().setInputCol("content").transform(data))
        .isEqualTo(
            "AudioFeatures: there is no column \"content\" (inputCol) in the data; it has \"id\","
                + " \"sound\", \"path\". Set inputCol to one of them.");
    messageOf(() -> stage().setInputCol("path").transform(data))
        .isEqualTo(
            "AudioFeatures: column \"path\" (inputCol) is string; it must be binary, the bytes of"
                + " sound files. Read the files by Spark's source \"binaryFile\", and name its column"
                + " \"content\".");
    messageOf(() -> stage().setOutputCol("path").transform(data))
        .isEqualTo(
            "AudioFeatures: the data already has a column \"path\" (outputCol); it would be"
                + " overwritten. Drop or rename it, or set outputCol to another name.");
  }

  @Test
  void otherColumnsAndTheSchemaAreAsPromised() throws IOException {
    Metadata note = new MetadataBuilder().putString("from", "a microphone").build();
    Dataset<Row> data =
        sounds(SoundFiles.tone(8000, 200))
            .withColumn("the.id", functions.col("id").as("the.id", note))
            .withColumnRenamed("sound", "my.sound");
    AudioFeatures stage = stage().setInputCol("my.sound");
    Dataset<Row> framed = stage.transform(data);
    assertThat(framed.schema()).isEqualTo(stage.transformSchema(data.schema()));
    assertThat(framed.schema().catalogString())
        .isEqualTo("struct<id:bigint,my.sound:binary,the.id:bigint,features:array<array<float>>>");
    assertThat(framed.schema().apply("the.id").metadata()).isEqualTo(note);
  }

  @Test
  void readsWhatBinaryFileReads(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("0_a.wav"), SoundFiles.tone(8000, 400));
    Files.write(directory.resolve("1_b.wav"), SoundFiles.tone(8000, 100));
    Dataset<Row> files = spark.read().format("binaryFile").load(directory.toString());
    AudioFeatures stage = stage().setInputCol("content");
    assertThat(shapes(stage.setHandleInvalid("skip").transform(files))).containsExactly("3 x 13");
    messageInJob(() -> stage.setHandleInvalid("error").transform(files).collectAsList())
        .contains("holds 100 samples in the row with path file:")
        .contains("1_b.wav, modificationTime 2");
  }

  private Dataset<Row> tones(int rows) throws IOException {
    byte[][] files = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      files[i] = i % 7 == 3 ? new byte[i] : SoundFiles.tone(i % 2 == 0 ? 8000 : 7999, 240 + 80 * i);
    }
    return sounds(files);
  }

  private static List<Row> framesById(Dataset<Row> framed) {
    return framed.select("id", "features").orderBy("id").collectAsList();
  }

  @Test
  @Timeout(120)
  void streamsAsABatchDoes(@TempDir Path directory) throws Exception {
    Dataset<Row> data = tones(20);
    AudioFeatures stage = stage().setHandleInvalid("skip");
    List<Row> batch = framesById(stage.transform(data));
    assertThat(batch).hasSize(9);
    Dataset<Row> streamed = Streams.through(stage, data, directory, "streamed_sounds");
    assertThat(framesById(streamed)).isEqualTo(batch);
  }

  @Test
  void feedsAClassifierInAPipeline(@TempDir Path directory) throws Exception {
    Dataset<Row> data =
        sounds(
                SoundFiles.tone(8000, 400),
                SoundFiles.wav(8000, 16, 1, new float[700]),
                SoundFiles.tone(8000, 500),
                SoundFiles.wav(8000, 16, 1, new float[300]))
            .withColumn("label", functions.expr("if(id % 2 = 0, 'tone', 'silence')"));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  stage().setDeltas(1),
                  new RnnClassifier().setUnits(4).setEpochs(2).setBatchSize(4).setSeed(5)
                });
    PipelineModel fitted = pipeline.fit(data);
    String path = directory.resolve("pipeline").toString();
    fitted.save(path);
    List<Row> predicted = fitted.transform(data).select("prediction").collectAsList();
    assertThat(predicted).hasSize(4);
    assertThat(PipelineModel.load(path).transform(data).select("prediction").collectAsList())
        .isEqualTo(predicted);
  }
}
