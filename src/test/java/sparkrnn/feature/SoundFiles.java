package sparkrnn.feature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sound files that tests write. */
final class SoundFiles {

  private SoundFiles() {}

  /**
   * A wav file.
   *
   * @param bits 8 (unsigned, as in all wav files), 16, 24 or 32
   * @param samples in [-1, 1), channel by channel for each time
   */
  static byte[] wav(int sampleRate, int bits, int channels, float... samples) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(samples.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      long value = Math.round(sample * Math.pow(2, bits - 1)) + (bits == 8 ? 128 : 0);
      for (int i = 0; i < bits / 8; i++) {
        data.put((byte) (value >> (8 * i)));
      }
    }
    Encoding encoding = bits == 8 ? Encoding.PCM_UNSIGNED : Encoding.PCM_SIGNED;
    int frame = channels * bits / 8;
    return written(
        AudioFileFormat.Type.WAVE,
        new AudioFormat(encoding, sampleRate, bits, channels, frame, sampleRate, false),
        data.array());
  }

  /** A file of a type that holds these bytes of sound. */
  static byte[] written(AudioFileFormat.Type type, AudioFormat format, byte[] data)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioInputStream stream =
        new AudioInputStream(
            new ByteArrayInputStream(data), format, data.length / format.getFrameSize());
    AudioSystem.write(stream, type, file);
    return file.toByteArray();
  }

  /** A tone of 440 hertz, at half of what 16 bits hold. */
  static byte[] tone(int sampleRate, int samples) throws IOException {
    float[] tone = new float[samples];
    for (int t = 0; t < samples; t++) {
      tone[t] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * t / sampleRate));
    }
    return wav(sampleRate, 16, 1, tone);
  }
}
