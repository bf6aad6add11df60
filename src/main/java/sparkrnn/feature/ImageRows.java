package sparkrnn.feature;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructType;

/**
 * Images as sequences: each row of pixels is a time step, from top to bottom.
 *
 * <pre>{@code
 * Dataset<Row> rows =
 *     new ImageRows()
 *         .setInputCol("image")
 *         .setGrayscale(true)
 *         .setHeight(28)
 *         .setWidth(28)
 *         .transform(spark.read().format("image").load("digits"));
 * }</pre>
 *
 * <p>The features of a time step are the pixels of the row from left to right, each as one number
 * with grayscale, else as red, green and blue: always three, so that gray images and coloured ones
 * fit each other. Images of several widths need the param width, because all time steps must have
 * the same number of features.
 *
 * <p>{@link #transform} adds one column, {@code array<array<float>>}; a streaming DataFrame works
 * too.
 */
public final class ImageRows extends Transformer implements ContentParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ContentParamDefinitions contentParams;
  private final BooleanParam grayscale;
  private final Param<String> scaling;
  private final IntParam height;
  private final IntParam width;
  private final Param<String> direction;

  /** With defaults and a uid of its own. */
  public ImageRows() {
    this(Identifiable.randomUID("imageRows"));
  }

  /** With defaults and this uid. */
  public ImageRows(String uid) {
    this.uid = uid;
    contentParams =
        new ContentParamDefinitions(
            this,
            "images: the struct of Spark's image source, or the binary content of image files",
            "a row whose image is null or can't be decoded");
    ParamFactory params = new ParamFactory(this);
    grayscale =
        params.fact(
            "grayscale",
            "whether a pixel is one number, 0.299 red + 0.587 green + 0.114 blue, instead of the"
                + " three");
    scaling =
        params.text(
            "scaling",
            "unit: pixels from 0 to 1; none: from 0 to 255, as they are stored",
            Check.oneOf("unit", "none"));
    height =
        params.wholeNumber(
            "height",
            "pixels from top to bottom to resize each image to, bilinear and smoothed where it"
                + " shrinks; 0 keeps what each has",
            Check.wholeNumberFrom(0));
    width =
        params.wholeNumber(
            "width",
            "pixels from left to right to resize each image to, as height; 0 keeps what each has",
            Check.wholeNumberFrom(0));
    direction =
        params.text(
            "direction",
            "rows: a time step is a row of pixels, from top to bottom; columns: a column, from left"
                + " to right",
            Check.oneOf("rows", "columns"));
    setDefault(grayscale, false);
    setDefault(scaling, "unit");
    setDefault(height, 0);
    setDefault(width, 0);
    setDefault(direction, "rows");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ContentParamDefinitions contentParams() {
    return contentParams;
  }

  /** Whether a pixel is one number instead of red, green and blue. */
  public BooleanParam grayscale() {
    return grayscale;
  }

  /** The value of {@link #grayscale()}. */
  public boolean getGrayscale() {
    return (Boolean) getOrDefault(grayscale);
  }

  /** The range of pixels: unit, 0 to 1, or none, 0 to 255. */
  public Param<String> scaling() {
    return scaling;
  }

  /** The value of {@link #scaling()}. */
  public String getScaling() {
    return getOrDefault(scaling);
  }

  /** Pixels from top to bottom to resize each image to; 0 keeps what each has. */
  public IntParam height() {
    return height;
  }

  /** The value of {@link #height()}. */
  public int getHeight() {
    return (Integer) getOrDefault(height);
  }

  /** Pixels from left to right to resize each image to; 0 keeps what each has. */
  public IntParam width() {
    return width;
  }

  /** The value of {@link #width()}. */
  public int getWidth() {
    return (Integer) getOrDefault(width);
  }

  /** What a time step is: rows or columns. */
  public Param<String> direction() {
    return direction;
  }

  /** The value of {@link #direction()}. */
  public String getDirection() {
    return getOrDefault(direction);
  }

  /** Sets {@link #inputCol()}. */
  public ImageRows setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public ImageRows setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public ImageRows setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #grayscale()}. */
  public ImageRows setGrayscale(boolean value) {
    return with(grayscale(), value);
  }

  /** Sets {@link #scaling()}. */
  public ImageRows setScaling(String value) {
    return with(scaling(), value);
  }

  /** Sets {@link #height()}. */
  public ImageRows setHeight(int value) {
    return with(height(), value);
  }

  /** Sets {@link #width()}. */
  public ImageRows setWidth(int value) {
    return with(width(), value);
  }

  /** Sets {@link #direction()}. */
  public ImageRows setDirection(String value) {
    return with(direction(), value);
  }

  private <T> ImageRows with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The rows with their sequences, lazily.
   *
   * @throws IllegalArgumentException if inputCol is missing or of another type, or outputCol is
   *     there already; an image that can't be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ContentColumn column = column(dataset.schema());
    return column.with(dataset, new PixelReader(PixelSpec.of(this)), row(column), ImageFile.NEEDED);
  }

  /** Which row is meant: Spark's image source says where each image comes from. */
  private Column row(ContentColumn column) {
    if (column.type() instanceof BinaryType) {
      return column.row();
    }
    Column origin = ColumnCheck.column(getInputCol()).getField("origin");
    return functions.coalesce(
        functions.concat(functions.lit("the row with origin "), origin), column.row());
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is missing or of another type, or outputCol is
   *     there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return column(schema).output();
  }

  private ContentColumn column(StructType schema) {
    ContentColumn column = new ContentColumn(this, schema);
    String image = ImageSchema.columnSchema().catalogString();
    if (!(column.type() instanceof BinaryType) && !column.type().catalogString().equals(image)) {
      throw column.wrongType(
          "an image of Spark's image source, or binary, the bytes of image files",
          "Read the files by Spark's source \"image\" or \"binaryFile\".");
    }
    return column;
  }

  @Override
  public ImageRows copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<ImageRows> read() {
    return new DefaultParamsReadable<ImageRows>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static ImageRows load(String path) {
    return read().load(path);
  }
}
