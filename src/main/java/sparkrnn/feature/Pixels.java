package sparkrnn.feature;

/**
 * The pixels of an image, from 0 to 255, and what makes a sequence of them.
 *
 * @param values (height, width, channels)
 */
record Pixels(int height, int width, int channels, float[] values) {

  /** What each of red, green and blue counts for in gray: ITU-R BT.601. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  static Pixels blank(int height, int width, int channels) {
    return new Pixels(height, width, channels, new float[height * width * channels]);
  }

  void set(int y, int x, int channel, float value) {
    values[(y * width + x) * channels + channel] = value;
  }

  float get(int y, int x, int channel) {
    return values[(y * width + x) * channels + channel];
  }

  /** Red, green and blue as one; what is gray already is left as it is. */
  Pixels gray() {
    if (channels == 1) {
      return this;
    }
    Pixels gray = blank(height, width, 1);
    for (int i = 0; i < gray.values.length; i++) {
      gray.values[i] =
          LUMA[0] * values[3 * i] + LUMA[1] * values[3 * i + 1] + LUMA[2] * values[3 * i + 2];
    }
    return gray;
  }

  /** Gray as three equal colours; what has three is left as it is. */
  Pixels colours() {
    if (channels == 3) {
      return this;
    }
    Pixels colours = blank(height, width, 3);
    for (int i = 0; i < colours.values.length; i++) {
      colours.values[i] = values[i / 3];
    }
    return colours;
  }

  /** Of another size, bilinear; 0 keeps the size that there is. */
  Pixels resized(int newHeight, int newWidth) {
    int toHeight = newHeight == 0 ? height : newHeight;
    int toWidth = newWidth == 0 ? width : newWidth;
    return across(new Resampling(width, toWidth)).down(new Resampling(height, toHeight));
  }

  private Pixels across(Resampling weights) {
    Pixels resized = blank(height, weights.size(), channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < resized.width; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int i = 0; i < weights.count(x); i++) {
            sum += weights.weight(x, i) * get(y, weights.first(x) + i, c);
          }
          resized.set(y, x, c, (float) sum);
        }
      }
    }
    return resized;
  }

  private Pixels down(Resampling weights) {
    Pixels resized = blank(weights.size(), width, channels);
    int line = width * channels;
    for (int y = 0; y < resized.height; y++) {
      for (int at = 0; at < line; at++) {
        double sum = 0;
        for (int i = 0; i < weights.count(y); i++) {
          sum += weights.weight(y, i) * values[(weights.first(y) + i) * line + at];
        }
        resized.values[y * line + at] = (float) sum;
      }
    }
    return resized;
  }

  /** (height, width * channels), each value divided. */
  float[][] rows(float divisor) {
    float[][] rows = new float[height][width * channels];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < rows[y].length; i++) {
        rows[y][i] = values[y * rows[y].length + i] / divisor;
      }
    }
    return rows;
  }

  /** Rows and columns exchanged. */
  Pixels transposed() {
    Pixels transposed = blank(width, height, channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          transposed.set(x, y, c, get(y, x, c));
        }
      }
    }
    return transposed;
  }
}
