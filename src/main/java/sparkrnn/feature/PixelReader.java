package sparkrnn.feature;

import org.apache.spark.sql.Row;

/** The rows of pixels of an image, in a file or as Spark's image source decoded it. */
final class PixelReader implements ContentReader {

  private static final long serialVersionUID = 1L;

  private final PixelSpec spec;

  PixelReader(PixelSpec spec) {
    this.spec = spec;
  }

  @Override
  public float[][] read(Object content) throws UnusableContentException {
    Pixels pixels =
        content instanceof byte[] file ? ImageFile.pixels(file) : SparkImage.pixels((Row) content);
    Pixels wanted = spec.grayscale() ? pixels.gray() : pixels.colours();
    Pixels sized = wanted.resized(spec.height(), spec.width());
    return (spec.columns() ? sized.transposed() : sized).rows(spec.divisor());
  }
}
