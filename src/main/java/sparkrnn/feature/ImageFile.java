package sparkrnn.feature;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The pixels of an image file, such as png or jpeg, decoded by javax.imageio. */
final class ImageFile {

  static final String NEEDED = "every row needs an image";

  private ImageFile() {}

  /**
   * Gray as it is, anything else as red, green and blue; what is transparent keeps its colour.
   *
   * @throws UnusableContentException if it is no image that javax.imageio reads
   */
  static Pixels pixels(byte[] file) throws UnusableContentException {
    BufferedImage image = decoded(file);
    return isGray(image) ? gray(image) : colours(image);
  }

  private static BufferedImage decoded(byte[] file) throws UnusableContentException {
    String found = "holds " + file.length + " bytes that are no whole image";
    String needed = "they must be a png, jpeg, gif, bmp or tiff file";
    try {
      // Closes the stream, or gives null; the one in memory because the default is a file.
      BufferedImage image =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
      if (image == null) {
        throw new UnusableContentException(found, needed, "Mend the row");
      }
      return image;
    } catch (IOException | RuntimeException broken) {
      // Some decoders throw IndexOutOfBoundsException and the like on a broken file.
      throw new UnusableContentException(found, needed, broken);
    }
  }

  private static boolean isGray(BufferedImage image) {
    int unit = image.getColorModel().getTransferType();
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && (unit == DataBuffer.TYPE_BYTE || unit == DataBuffer.TYPE_USHORT);
  }

  /** From the raster: {@code getRGB} would take gray for linear light and brighten it. */
  private static Pixels gray(BufferedImage image) {
    Raster raster = image.getRaster();
    float most = (1 << image.getColorModel().getComponentSize(0)) - 1;
    Pixels pixels = Pixels.blank(image.getHeight(), image.getWidth(), 1);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        pixels.set(y, x, 0, raster.getSample(x, y, 0) * 255f / most);
      }
    }
    return pixels;
  }

  private static Pixels colours(BufferedImage image) {
    Pixels pixels = Pixels.blank(image.getHeight(), image.getWidth(), 3);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        int colour = image.getRGB(x, y);
        pixels.set(y, x, 0, colour >> 16 & 0xff);
        pixels.set(y, x, 1, colour >> 8 & 0xff);
        pixels.set(y, x, 2, colour & 0xff);
      }
    }
    return pixels;
  }
}
