package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.feature.Messages.messageInJob;
import static sparkrnn.feature.Messages.messageOf;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.image.ImageSchema;
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
import sparkrnn.LocalSpark;

/** Images of files and of Spark's image source as sequences of rows. */
@ExtendWith(LocalSpark.class)
final class ImageRowsTest {

  private static final StructType FILES =
      new StructType().add("id", DataTypes.LongType).add("file", DataTypes.BinaryType);

  /** Two rows of three pixels: red, green, blue; black, gray, a mixture. */
  private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff, 0, 0x808080, 0x102040};

  private static final String ROWS =
      "[[255.0, 0.0, 0.0, 0.0, 255.0, 0.0, 0.0, 0.0, 255.0],"
          + " [0.0, 0.0, 0.0, 128.0, 128.0, 128.0, 16.0, 32.0, 64.0]]";

  private final SparkSession spark;

  ImageRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < COLOURS.length; i++) {
      image.setRGB(i % 3, i / 3, 0xff000000 | COLOURS[i]);
    }
    return image;
  }

  private static byte[] file(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static byte[] png() throws IOException {
    return file("png", image(BufferedImage.TYPE_INT_RGB));
  }

  /** Gray values 0, 50, 100, 150, 200, 250. */
  private static byte[] grayPng() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 6; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, 50 * i);
    }
    return file("png", image);
  }

  private Dataset<Row> files(byte[]... files) {
    List<Row> rows = new ArrayList<>();
    for (byte[] file : files) {
      rows.add(RowFactory.create((long) rows.size(), file));
    }
    return spark.createDataFrame(rows, FILES);
  }

  private static ImageRows stage() {
    return new ImageRows().setInputCol("file").setScaling("none");
  }

  private static List<String> sequences(Dataset<Row> made) {
    return made.select("features").collectAsList().stream()
        .map(row -> String.valueOf(SeriesRows.plain(row.get(0))))
        .toList();
  }

  @Test
  void pixelsOfAFileAreRedGreenBlue() throws IOException {
    Dataset<Row> data =
        files(
            png(),
            file("png", image(BufferedImage.TYPE_INT_ARGB)),
            file("bmp", image(BufferedImage.TYPE_3BYTE_BGR)));
    assertThat(sequences(stage().transform(data))).containsExactly(ROWS, ROWS, ROWS);
  }

  @Test
  void jpegIsDecodedToo() throws IOException {
    BufferedImage plain = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      plain.setRGB(i % 16, i / 16, 0xc86432);
    }
    Row row = stage().transform(files(file("jpg", plain))).first();
    List<?> rows = (List<?>) SeriesRows.plain(row.get(2));
    assertThat(rows).hasSize(16);
    for (Object line : rows) {
      List<?> values = (List<?>) line;
      assertThat(values).hasSize(48);
      for (int i = 0; i < 48; i++) {
        assertThat(((Number) values.get(i)).floatValue())
            .isCloseTo(new float[] {200, 100, 50}[i % 3], within(4f));
      }
    }
  }

  @Test
  void grayIsAsItIsStoredAndFitsColouredOnes() throws IOException {
    Dataset<Row> data = files(grayPng(), png());
    assertThat(sequences(stage().transform(data)))
        .containsExactly(
            "[[0.0, 0.0, 0.0, 50.0, 50.0, 50.0, 100.0, 100.0, 100.0],"
                + " [150.0, 150.0, 150.0, 200.0, 200.0, 200.0, 250.0, 250.0, 250.0]]",
            ROWS);
    List<String> gray = sequences(stage().setGrayscale(true).transform(data));
    assertThat(gray.get(0)).isEqualTo("[[0.0, 50.0, 100.0], [150.0, 200.0, 250.0]]");
    // 0.299, 0.587 and 0.114 of 255; of the mixture 0.299 * 16 + 0.587 * 32 + 0.114 * 64.
    assertThat(gray.get(1))
        .matches("\\[\\[76\\.24.*, 149\\.68.*, 29\\.0.*], \\[0\\.0, 12[78].*, 30\\.8.*]]");
  }

  @Test
  void grayOfSixteenBits() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 65535);
    image.getRaster().setSample(1, 0, 0, 257 * 3);
    Dataset<Row> data = files(file("png", image));
    assertThat(sequences(stage().setGrayscale(true).transform(data)))
        .containsExactly("[[255.0, 3.0]]");
  }

  /** Such a png is of no type that BufferedImage has a constant for. */
  @Test
  void grayWithAlpha() throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(2, 1), false, null);
    image.getRaster().setPixel(0, 0, new int[] {40, 255});
    image.getRaster().setPixel(1, 0, new int[] {200, 7});
    Dataset<Row> data = files(file("png", image));
    assertThat(sequences(stage().setGrayscale(true).transform(data)))
        .containsExactly("[[40.0, 200.0]]");
  }

  @Test
  void unitScalesToOne() throws IOException {
    Dataset<Row> data = files(png());
    List<String> unit = sequences(new ImageRows().setInputCol("file").transform(data));
    assertThat(unit.get(0)).startsWith("[[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], [0.0, 0.0");
    assertThat(unit.get(0)).contains(String.valueOf(128 / 255f));
  }

  @Test
  void columnsFromLeftToRight() throws IOException {
    ImageRows stage = stage().setDirection("columns");
    assertThat(sequences(stage.transform(files(png()))))
        .containsExactly(
            "[[255.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 255.0, 0.0, 128.0, 128.0, 128.0],"
                + " [0.0, 0.0, 255.0, 16.0, 32.0, 64.0]]");
    assertThat(sequences(stage.setGrayscale(true).transform(files(grayPng()))))
        .containsExactly("[[0.0, 150.0], [50.0, 200.0], [100.0, 250.0]]");
  }

  @Test
  void imagesOfAllSizesBecomeOfOne() throws IOException {
    Dataset<Row> data = files(grayPng(), file("png", new BufferedImage(9, 20, 1)));
    ImageRows stage = stage().setGrayscale(true).setHeight(1).setWidth(3);
    assertThat(sequences(stage.transform(data)))
        .containsExactly("[[75.0, 125.0, 175.0]]", "[[0.0, 0.0, 0.0]]");
    assertThat(sequences(stage().setGrayscale(true).setWidth(1).transform(data)).get(0))
        .isEqualTo("[[50.0], [200.0]]");
  }

  @Test
  void sparksImageSourceGivesTheSame(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("a.png"), png());
    Files.write(directory.resolve("b.png"), grayPng());
    BufferedImage transparent = image(BufferedImage.TYPE_INT_ARGB);
    Files.write(directory.resolve("c.png"), file("png", transparent));
    Dataset<Row> data =
        spark.read().format("image").load(directory.toString()).orderBy("image.origin");
    assertThat(data.select("image.nChannels").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(3, 1, 4);
    ImageRows stage = stage().setInputCol("image");
    List<String> ofFiles =
        sequences(stage().transform(files(png(), grayPng(), file("png", transparent))));
    assertThat(sequences(stage.transform(data))).isEqualTo(ofFiles).contains(ROWS);
    assertThat(sequences(stage.setGrayscale(true).transform(data)).get(1))
        .isEqualTo("[[0.0, 50.0, 100.0], [150.0, 200.0, 250.0]]");
  }

  private Dataset<Row> spoilt() throws IOException {
    byte[] whole = png();
    return files(
        whole,
        null,
        new byte[0],
        "no image at all".getBytes(StandardCharsets.US_ASCII),
        Arrays.copyOf(whole, 20),
        Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  void skipLeavesRowsOutAndKeepTakesThemWithNull() throws IOException {
    Dataset<Row> data = spoilt();
    assertThat(sequences(stage().setHandleInvalid("skip").transform(data))).containsExactly(ROWS);
    assertThat(sequences(stage().setHandleInvalid("keep").transform(data)))
        .containsExactly(ROWS, "null", "null", "null", "null", "null");
  }

  @Test
  void errorNamesTheRow() throws IOException {
    String end = "Mend the row, or set handleInvalid to \"skip\" or \"keep\".";
    Dataset<Row> data = spoilt();
    messageInJob(() -> stage().transform(data.filter("id = 1")).collectAsList())
        .isEqualTo(
            "ImageRows: column \"file\" (inputCol) is null in the row with id 1; every row needs an"
                + " image. "
                + end);
    messageInJob(() -> stage().transform(data.filter("id = 3")).collectAsList())
        .isEqualTo(
            "ImageRows: column \"file\" (inputCol) holds 15 bytes that are no whole image in the row"
                + " with id 3; they must be a png, jpeg, gif, bmp or tiff file. "
                + end);
    for (int id : new int[] {2, 4, 5}) {
      messageInJob(() -> stage().transform(data.filter("id = " + id)).collectAsList())
          .startsWith("ImageRows: column \"file\" (inputCol) holds ")
          .contains(" bytes that are no whole image", " in the row with id " + id)
          .endsWith("; they must be a png, jpeg, gif, bmp or tiff file. " + end);
    }
  }

  @Test
  void imageThatSparkCouldNotDecode(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("broken.png"), new byte[] {1, 2, 3});
    Dataset<Row> data = spark.read().format("image").load(directory.toString());
    messageInJob(() -> stage().setInputCol("image").transform(data).collectAsList())
        .startsWith(
            "ImageRows: column \"image\" (inputCol) is an image of height -1, width -1 and nChannels"
                + " -1 with 0 bytes of data in the row with origin file:")
        .endsWith(
            "broken.png; it must be one that Spark could decode, of bytes in 1, 3 or 4 channels. Set"
                + " dropInvalid of the image source, or set handleInvalid to \"skip\" or \"keep\".");
  }

  @Test
  void imageWhoseFieldsDoNotFitEachOther() {
    Row image = RowFactory.create("here", 2, 2, 3, 16, new byte[11]);
    Dataset<Row> data =
        spark.createDataFrame(
            List.of(RowFactory.create(image), RowFactory.create((Row) null)),
            ImageSchema.imageSchema());
    messageInJob(() -> stage().setInputCol("image").transform(data.limit(1)).collectAsList())
        .startsWith(
            "ImageRows: column \"image\" (inputCol) is an image of height 2, width 2 and nChannels 3"
                + " with 11 bytes of data in the row with origin here; it must be one");
    messageInJob(
            () ->
                stage()
                    .setInputCol("image")
                    .transform(data.filter("image IS NULL"))
                    .collectAsList())
        .startsWith("ImageRows: column \"image\" (inputCol) is null in a row; every row needs");
  }

  @Test
  void paramsAreChecked() {
    messageOf(() -> stage().setScaling("minus"))
        .isEqualTo("ImageRows: scaling is \"minus\"; it must be one of \"unit\", \"none\".");
    messageOf(() -> stage().setHeight(-1))
        .isEqualTo("ImageRows: height is -1; it must be a whole number of at least 0.");
    messageOf(() -> stage().setWidth(-2))
        .isEqualTo("ImageRows: width is -2; it must be a whole number of at least 0.");
    messageOf(() -> stage().setDirection("up"))
        .isEqualTo("ImageRows: direction is \"up\"; it must be one of \"rows\", \"columns\".");
    messageOf(() -> stage().setHandleInvalid("drop"))
        .isEqualTo(
            "ImageRows: handleInvalid is \"drop\"; it must be one of \"error\", \"skip\", \"keep\".");
  }

  @Test
  void columnsAreCheckedBeforeAnyJob() {
    Dataset<Row> data = spark.sql("SELECT 1 AS id, X'00' AS file, struct('a' AS origin) AS other");
    messageOf(() -> new ImageRows().transform(data))
        .isEqualTo(
            "ImageRows: inputCol is not set; it is needed: column of images: the struct of Spark's"
                + " image source, or the binary content of image files. Set inputCol.");
    messageOf(() -> stage().setInputCol("image").transform(data))
        .isEqualTo(
            "ImageRows: there is no column \"image\" (inputCol) in the data; it has \"id\", \"file\","
                + " \"other\". Set inputCol to one of them.");
    messageOf(() -> stage().setInputCol("other").transform(data))
        .isEqualTo(
            "ImageRows: column \"other\" (inputCol) is struct<origin:string>; it must be an image of"
                + " Spark's image source, or binary, the bytes of image files. Read the files by"
                + " Spark's source \"image\" or \"binaryFile\".");
    messageOf(() -> stage().setOutputCol("id").transform(data))
        .isEqualTo(
            "ImageRows: the data already has a column \"id\" (outputCol); it would be overwritten."
                + " Drop or rename it, or set outputCol to another name.");
  }

  @Test
  void otherColumnsAndTheSchemaAreAsPromised() throws IOException {
    Metadata note = new MetadataBuilder().putString("from", "a camera").build();
    Dataset<Row> data =
        files(png()).withColumn("the.id", functions.col("id").as("the.id", note)).drop("id");
    Dataset<Row> made = stage().transform(data);
    assertThat(made.schema()).isEqualTo(stage().transformSchema(data.schema()));
    assertThat(made.schema().catalogString())
        .isEqualTo("struct<file:binary,the.id:bigint,features:array<array<float>>>");
    assertThat(made.schema().apply("the.id").metadata()).isEqualTo(note);
  }

  private static List<Row> rowsById(Dataset<Row> made) {
    return made.select("id", "features").orderBy("id").collectAsList();
  }

  @Test
  @Timeout(120)
  void streamsAsABatchDoes(@TempDir Path directory) throws Exception {
    byte[][] files = new byte[20][];
    for (int i = 0; i < files.length; i++) {
      files[i] = i % 5 == 1 ? null : file("png", new BufferedImage(1 + i, 2, 1));
    }
    Dataset<Row> data = files(files);
    ImageRows stage = stage().setHandleInvalid("skip").setGrayscale(true);
    List<Row> batch = rowsById(stage.transform(data));
    assertThat(batch).hasSize(16);
    Dataset<Row> streamed = Streams.through(stage, data, directory, "streamed_images");
    assertThat(rowsById(streamed)).isEqualTo(batch);
  }
}
