package sparkrnn.feature;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructType;

/**
 * Sound files as sequences of frames: log-mel energies, or mel-frequency cepstral coefficients.
 *
 * <pre>{@code
 * Dataset<Row> frames =
 *     new AudioFeatures()
 *         .setInputCol("content")
 *         .setSampleRate(8000)
 *         .setDeltas(1)
 *         .transform(spark.read().format("binaryFile").load("recordings/*.wav"));
 * }</pre>
 *
 * <p>Each row holds the bytes of one file: wav, or what else javax.sound reads, with PCM samples of
 * 8, 16, 24 or 32 bits, floats, A-law or mu-law; the channels are averaged. With samples x in [-1,
 * 1), a frame of W samples that begins at sample s, and N the power of two from W on:
 *
 * <pre>
 *   y(t)   = x(t) - preemphasis x(t-1)                                    y(0) = x(0)
 *   X(k)   = sum over n of y(s + n) w(n) exp(-2 pi i k n / N)             w(n) = (1 - cos(2 pi n / W)) / 2
 *   m(f)   = 1127 ln(1 + f / 700)                                         HTK's mel scale
 *   E(b)   = sum over k of |X(k)|^2 T(b, k)                               T: triangles, linear in m
 *   logMel = ln(max(E(b), 1e-10))
 *   mfcc   = orthonormal cosine transform II of logMel
 *   d(t)   = (c(t+1) - c(t-1) + 2 (c(t+2) - c(t-2))) / 10                 deltas, ends repeated
 * </pre>
 *
 * <p>The edges of the triangles lie at equal distances in m from minFrequency to maxFrequency: band
 * b rises from edge b to 1 at edge b + 1 and falls to 0 at edge b + 2. That is what TensorFlow's
 * tf.signal does; librosa's defaults differ (Slaney's scale, triangles of equal area, centred
 * frames, decibels).
 *
 * <p>{@link #transform} adds one column, {@code array<array<float>>}; a streaming DataFrame works
 * too.
 */
public final class AudioFeatures extends Transformer
    implements AudioFeaturesParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private static final String NEEDED = "every row needs the bytes of a sound file";

  private final String uid;
  private final ContentParamDefinitions contentParams;
  private final AudioFeaturesParamDefinitions audioParams;

  /** With defaults and a uid of its own. */
  public AudioFeatures() {
    this(Identifiable.randomUID("audioFeatures"));
  }

  /** With defaults and this uid. */
  public AudioFeatures(String uid) {
    this.uid = uid;
    contentParams =
        new ContentParamDefinitions(
            this,
            "the bytes of sound files: binary, such as content of Spark's binaryFile source",
            "a row whose bytes are null, no sound file, cut short, of another sample rate or"
                + " shorter than a frame");
    audioParams = new AudioFeaturesParamDefinitions(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ContentParamDefinitions contentParams() {
    return contentParams;
  }

  @Override
  public AudioFeaturesParamDefinitions audioParams() {
    return audioParams;
  }

  /** Sets {@link #inputCol()}. */
  public AudioFeatures setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public AudioFeatures setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public AudioFeatures setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #features()}. */
  public AudioFeatures setFeatures(String value) {
    return with(features(), value);
  }

  /** Sets {@link #sampleRate()}. */
  public AudioFeatures setSampleRate(int value) {
    return with(sampleRate(), value);
  }

  /** Sets {@link #windowMillis()}. */
  public AudioFeatures setWindowMillis(double value) {
    return with(windowMillis(), value);
  }

  /** Sets {@link #hopMillis()}. */
  public AudioFeatures setHopMillis(double value) {
    return with(hopMillis(), value);
  }

  /** Sets {@link #numMels()}. */
  public AudioFeatures setNumMels(int value) {
    return with(numMels(), value);
  }

  /** Sets {@link #numCoefficients()}. */
  public AudioFeatures setNumCoefficients(int value) {
    return with(numCoefficients(), value);
  }

  /** Sets {@link #minFrequency()}. */
  public AudioFeatures setMinFrequency(double value) {
    return with(minFrequency(), value);
  }

  /** Sets {@link #maxFrequency()}. */
  public AudioFeatures setMaxFrequency(double value) {
    return with(maxFrequency(), value);
  }

  /** Sets {@link #preemphasis()}. */
  public AudioFeatures setPreemphasis(double value) {
    return with(preemphasis(), value);
  }

  /** Sets {@link #deltas()}. */
  public AudioFeatures setDeltas(int value) {
    return with(deltas(), value);
  }

  /** Sets {@link #normalize()}. */
  public AudioFeatures setNormalize(String value) {
    return with(normalize(), value);
  }

  private <T> AudioFeatures with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The rows with their frames, lazily.
   *
   * @throws IllegalArgumentException if inputCol is missing or of another type, outputCol is there
   *     already, or params do not go together; a recording that can't be used is reported when it
   *     is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ContentColumn column = column(dataset.schema());
    return column.with(dataset, new SoundReader(FrameSpec.of(this)), column.row(), NEEDED);
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is missing or of another type, outputCol is there
   *     already, or params do not go together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return column(schema).output();
  }

  private ContentColumn column(StructType schema) {
    ContentColumn column = new ContentColumn(this, schema);
    if (!(column.type() instanceof BinaryType)) {
      throw column.wrongType(
          "binary, the bytes of sound files",
          "Read the files by Spark's source \"binaryFile\", and name its column \"content\".");
    }
    FrameSpec.of(this).check();
    return column;
  }

  @Override
  public AudioFeatures copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<AudioFeatures> read() {
    return new DefaultParamsReadable<AudioFeatures>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static AudioFeatures load(String path) {
    return read().load(path);
  }
}
