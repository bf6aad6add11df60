package sparkrnn.feature;

import java.io.Serializable;

/**
 * How an image becomes rows: the params of {@link ImageRows}.
 *
 * @param height in pixels; 0: as the image has it
 * @param width in pixels; 0: as the image has it
 * @param divisor of pixels from 0 to 255
 * @param columns whether time steps are columns, from left to right
 */
record PixelSpec(boolean grayscale, int height, int width, float divisor, boolean columns)
    implements Serializable {

  /** By the values of the params. */
  static PixelSpec of(ImageRows stage) {
    return new PixelSpec(
        stage.getGrayscale(),
        stage.getHeight(),
        stage.getWidth(),
        stage.getScaling().equals("unit") ? 255 : 1,
        stage.getDirection().equals("columns"));
  }

  int channels() {
    return grayscale ? 1 : 3;
  }
}
