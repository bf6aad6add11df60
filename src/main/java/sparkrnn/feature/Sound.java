package sparkrnn.feature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * The sound of one file.
 *
 * @param sampleRate in hertz
 * @param samples in [-1, 1), the mean of the channels
 */
record Sound(long sampleRate, double[] samples) {

  private static final int BYTES_AT_ONCE = 1 << 16;

  private static final String NEEDED =
      "they must be a wav file, or another one that javax.sound reads";

  /**
   * Decodes a file by javax.sound.
   *
   * @throws UnusableContentException if it is no sound file, of an unknown encoding or cut short
   */
  static Sound of(byte[] file) throws UnusableContentException {
    try (AudioInputStream stream =
        linear(AudioSystem.getAudioInputStream(new ByteArrayInputStream(file)))) {
      AudioFormat format = stream.getFormat();
      check(format);
      byte[] data = data(stream);
      checkWhole(stream.getFrameLength(), data.length / format.getFrameSize());
      return new Sound(Math.round((double) format.getSampleRate()), mono(data, format));
    } catch (UnsupportedAudioFileException | IOException noSound) {
      throw new UnusableContentException(
          "holds " + file.length + " bytes that are no sound file", NEEDED, noSound);
    }
  }

  /** What is compressed, such as A-law and mu-law, as PCM where javax.sound can. */
  private static AudioInputStream linear(AudioInputStream stream) {
    AudioFormat format = stream.getFormat();
    return !isWhole(format)
            && !format.getEncoding().equals(Encoding.PCM_FLOAT)
            && AudioSystem.isConversionSupported(Encoding.PCM_SIGNED, format)
        ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, stream)
        : stream;
  }

  private static boolean isWhole(AudioFormat format) {
    return format.getEncoding().equals(Encoding.PCM_SIGNED)
        || format.getEncoding().equals(Encoding.PCM_UNSIGNED);
  }

  /** Not by readAllBytes, which never ends where a frame is longer than its buffer, 8192 bytes. */
  private static byte[] data(AudioInputStream stream) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int frame = stream.getFormat().getFrameSize();
    byte[] frames = new byte[Math.max(1, BYTES_AT_ONCE / frame) * frame];
    for (int read = stream.read(frames); read > 0; read = stream.read(frames)) {
      data.write(frames, 0, read);
    }
    return data.toByteArray();
  }

  private static void checkWhole(long wanted, long found) throws UnusableContentException {
    if (found < wanted) {
      throw new UnusableContentException(
          String.format(
              Locale.ROOT, "holds %d of the %d samples that its header names", found, wanted),
          "the file must be whole",
          "Copy it again");
    }
  }

  private static void check(AudioFormat format) throws UnusableContentException {
    int bits = format.getSampleSizeInBits();
    boolean known =
        isWhole(format)
            ? bits == 8 || bits == 16 || bits == 24 || bits == 32
            : format.getEncoding().equals(Encoding.PCM_FLOAT) && (bits == 32 || bits == 64);
    if (!known || format.getFrameSize() != format.getChannels() * bits / 8) {
      throw new UnusableContentException(
          "holds sound as " + format.getEncoding() + " of " + bits + " bits",
          "it must be PCM of 8, 16, 24 or 32 bits, floats, A-law or mu-law",
          "Convert the file");
    }
  }

  private static double[] mono(byte[] data, AudioFormat format) throws UnusableContentException {
    int channels = format.getChannels();
    int sampleBytes = format.getFrameSize() / channels;
    ByteBuffer bytes =
        ByteBuffer.wrap(data)
            .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    double[] samples = new double[data.length / format.getFrameSize()];
    for (int t = 0; t < samples.length; t++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        int at = (t * channels + channel) * sampleBytes;
        sum += sample(bytes, at, sampleBytes, format.getEncoding());
      }
      samples[t] = sum / channels;
      checkFinite(samples[t], t);
    }
    return samples;
  }

  /** Larger ones would not stay finite as energies. */
  private static void checkFinite(double sample, int t) throws UnusableContentException {
    if (!(Math.abs(sample) <= Float.MAX_VALUE)) {
      throw new UnusableContentException(
          "holds " + sample + " as sample " + t, "samples must be finite floats", "Mend the file");
    }
  }

  /** One sample of one channel; whole numbers of b bits divided by 2^(b-1). */
  private static double sample(ByteBuffer bytes, int at, int sampleBytes, Encoding encoding) {
    if (encoding.equals(Encoding.PCM_FLOAT)) {
      return sampleBytes == 4 ? bytes.getFloat(at) : bytes.getDouble(at);
    }
    boolean bigEndian = bytes.order() == ByteOrder.BIG_ENDIAN;
    int value = 0;
    for (int i = 0; i < sampleBytes; i++) {
      int next = bytes.get(at + (bigEndian ? i : sampleBytes - 1 - i)) & 0xff;
      value = value << 8 | next;
    }
    value <<= 32 - 8 * sampleBytes;
    if (encoding.equals(Encoding.PCM_UNSIGNED)) {
      value ^= Integer.MIN_VALUE;
    }
    return value * 0x1p-31;
  }
}
