package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard in files of every encoding, and in broken ones. */
final class SoundTest {

  private static final float[] RAMP = {-1, -0.75f, -0.0078125f, 0, 0.0078125f, 0.5f, 0.9921875f};

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 32})
  void samplesOfAllWidths(int bits) throws Exception {
    Sound sound = Sound.of(SoundFiles.wav(11025, bits, 1, RAMP));
    assertThat(sound.sampleRate()).isEqualTo(11025);
    double[] expected = new double[RAMP.length];
    Arrays.setAll(expected, i -> RAMP[i]);
    assertThat(sound.samples()).containsExactly(expected);
  }

  @Test
  void lowestBitCounts() throws Exception {
    double bit = 1.0 / (1 << 23);
    assertThat(Sound.of(SoundFiles.wav(8000, 24, 1, (float) bit, (float) -bit)).samples())
        .containsExactly(bit, -bit);
  }

  @Test
  void channelsAreAveraged() throws Exception {
    byte[] file = SoundFiles.wav(8000, 16, 2, 0.5f, -0.25f, -1, -1, 0.25f, 0);
    assertThat(Sound.of(file).samples()).containsExactly(0.125, -1, 0.125);
    assertThat(Sound.of(SoundFiles.wav(8000, 24, 3, 0.75f, 0.5f, -0.5f)).samples())
        .containsExactly(0.25);
  }

  /** InputStream.readAllBytes, with its buffer of 8192 bytes, never comes back from such a file. */
  @Test
  @Timeout(20)
  void framesLongerThanABuffer() throws Exception {
    float[] samples = new float[2 * 5000];
    samples[9999] = 0.5f;
    byte[] file = SoundFiles.wav(8000, 16, 1, samples); // The JDK can't write so many channels.
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(22, (short) 5000);
    assertThat(Sound.of(file).samples()).containsExactly(0, 0.0001);
  }

  @Test
  void framesOfThreeAndNineBytes() throws Exception {
    float[] samples = new float[3 * 30_000];
    samples[3 * 29_999 + 1] = 0.75f;
    double[] heard = Sound.of(SoundFiles.wav(48000, 24, 3, samples)).samples();
    assertThat(heard).hasSize(30_000);
    assertThat(heard[29_999]).isEqualTo(0.25);
    assertThat(Sound.of(SoundFiles.wav(48000, 24, 1, samples)).samples())
        .hasSize(90_000)
        .endsWith(0.75, 0);
  }

  private static AudioFormat format(Encoding encoding, int bits, boolean bigEndian) {
    return new AudioFormat(encoding, 8000, bits, 1, bits / 8, 8000, bigEndian);
  }

  @ParameterizedTest
  @CsvSource({"AU", "AIFF"})
  void bigEndianFiles(String kind) throws Exception {
    AudioFileFormat.Type type =
        kind.equals("AU") ? AudioFileFormat.Type.AU : AudioFileFormat.Type.AIFF;
    byte[] data = {0x40, 0, (byte) 0xC0, 0, 0, 1};
    byte[] file = SoundFiles.written(type, format(Encoding.PCM_SIGNED, 16, true), data);
    assertThat(Sound.of(file).samples()).containsExactly(0.5, -0.5, 1 / 32768.0);
  }

  @Test
  void companded() throws Exception {
    // G.711: 0x80 is the loudest positive mu-law code, 0xFF silence; 0xAA the loudest A-law.
    byte[] mu =
        SoundFiles.written(
            AudioFileFormat.Type.WAVE,
            format(Encoding.ULAW, 8, false),
            new byte[] {(byte) 0x80, (byte) 0xFF, 0});
    Offset<Double> coarse = within(1e-3);
    double[] samples = Sound.of(mu).samples();
    assertThat(samples).hasSize(3);
    assertThat(samples[0]).isCloseTo(32124 / 32768.0, coarse);
    assertThat(samples[1]).isCloseTo(0, coarse);
    assertThat(samples[2]).isCloseTo(-32124 / 32768.0, coarse);
    byte[] a =
        SoundFiles.written(
            AudioFileFormat.Type.WAVE,
            format(Encoding.ALAW, 8, false),
            new byte[] {(byte) 0xAA, 0x2A});
    samples = Sound.of(a).samples();
    assertThat(samples[0]).isCloseTo(32256 / 32768.0, coarse);
    assertThat(samples[1]).isCloseTo(-32256 / 32768.0, coarse);
  }

  /** The header of a wav file of 32-bit floats, code 3, which the JDK reads and does not write. */
  private static byte[] floats(float... samples) throws IOException {
    byte[] file = SoundFiles.wav(8000, 32, 1, samples);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(20, (short) 3);
    for (int i = 0; i < samples.length; i++) {
      bytes.putFloat(44 + 4 * i, samples[i]);
    }
    return file;
  }

  @Test
  void floatsAreTakenAsTheyAre() throws Exception {
    assertThat(Sound.of(floats(0.1f, -1.5f, 0)).samples()).containsExactly(0.1f, -1.5f, 0);
  }

  private static void refused(byte[] file, String found, String needed) {
    assertThatThrownBy(() -> Sound.of(file))
        .isInstanceOfSatisfying(
            UnusableContentException.class,
            refused ->
                assertThat(refused.sentence("X: column", "the row with id 7"))
                    .startsWith("X: column " + found)
                    .contains(" in the row with id 7; " + needed)
                    .endsWith(", or set handleInvalid to \"skip\" or \"keep\"."));
  }

  @Test
  void floatsThatAreNotFinite() throws IOException {
    refused(
        floats(0, Float.NaN), "holds NaN as sample 1", "samples must be finite floats. Mend the");
    refused(floats(Float.NEGATIVE_INFINITY), "holds -Infinity as sample 0", "samples must be");
  }

  @Test
  void bytesThatAreNoSound() throws IOException {
    byte[] text = "RIFF but no sound at all, only text".getBytes(StandardCharsets.US_ASCII);
    refused(text, "holds 35 bytes that are no sound file (", "they must be a wav file, or another");
    byte[] file = SoundFiles.tone(8000, 100);
    for (int length : new int[] {1, 4, 12, 20, 30, 43}) {
      refused(
          Arrays.copyOf(file, length),
          "holds " + length + " bytes that are no sound file",
          "they must be a wav file, or another one that javax.sound reads. Mend the row");
    }
  }

  @Test
  void fileThatIsCutShort() throws IOException {
    byte[] file = SoundFiles.tone(8000, 100);
    refused(
        Arrays.copyOf(file, file.length - 51),
        "holds 74 of the 100 samples that its header names",
        "the file must be whole. Copy it again");
  }

  @Test
  void unknownEncoding() throws IOException {
    byte[] file = SoundFiles.wav(8000, 16, 1, RAMP);
    file[34] = 12; // bits of a sample
    refused(file, "holds sound as PCM_SIGNED of 12 bits", "it must be PCM of 8, 16, 24 or 32 bits");
  }

  /** Whatever a header says: sound, or a message; never another exception or a flood of memory. */
  @Test
  @Timeout(60)
  void damagedHeaderIsSoundOrAMessage() throws IOException {
    byte[] file = SoundFiles.wav(8000, 16, 2, new float[64]);
    int refused = 0;
    for (int at = 0; at < 44; at++) {
      for (int value : new int[] {0, 1, 3, 6, 0x10, 0x7f, 0x80, 0xfe, 0xff}) {
        byte[] damaged = file.clone();
        damaged[at] = (byte) value;
        try {
          assertThat(Sound.of(damaged).samples().length).isBetween(0, 128);
        } catch (UnusableContentException message) {
          assertThat(message.getMessage()).startsWith("holds ");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }
}
