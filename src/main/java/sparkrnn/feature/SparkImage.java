package sparkrnn.feature;

import java.util.Locale;
import org.apache.spark.sql.Row;

/** The pixels of an image as Spark's image source gives it: rows of blue, green, red, alpha. */
final class SparkImage {

  private SparkImage() {}

  /**
   * Gray as it is, three channels as red, green and blue; the fourth, alpha, is left out.
   *
   * @param image in the schema of org.apache.spark.ml.image.ImageSchema
   * @throws UnusableContentException if its fields do not fit each other
   */
  static Pixels pixels(Row image) throws UnusableContentException {
    int height = number(image, "height");
    int width = number(image, "width");
    int channels = number(image, "nChannels");
    byte[] data = image.getAs("data");
    if (data == null
        || height < 1
        || width < 1
        || (channels != 1 && channels != 3 && channels != 4)
        || data.length != (long) height * width * channels) {
      throw new UnusableContentException(
          String.format(
              Locale.ROOT,
              "is an image of height %d, width %d and nChannels %d with %d bytes of data",
              height,
              width,
              channels,
              data == null ? 0 : data.length),
          "it must be one that Spark could decode, of bytes in 1, 3 or 4 channels",
          "Set dropInvalid of the image source");
    }
    return pixels(data, height, width, channels);
  }

  private static int number(Row image, String field) {
    Integer value = image.getAs(field);
    return value == null ? 0 : value;
  }

  private static Pixels pixels(byte[] data, int height, int width, int channels) {
    Pixels pixels = Pixels.blank(height, width, channels == 1 ? 1 : 3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < pixels.channels(); c++) {
          int at = (y * width + x) * channels + pixels.channels() - 1 - c;
          pixels.set(y, x, c, data[at] & 0xff);
        }
      }
    }
    return pixels;
  }
}
