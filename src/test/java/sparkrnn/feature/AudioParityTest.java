package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.ParityFixture;

/**
 * Our frames against those of TensorFlow, which make_audio_fixtures.py in src/test/python wrote.
 */
final class AudioParityTest {

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("audio");
  }

  private static AudioFeatures stage(ParityFixture fixture) {
    return new AudioFeatures()
        .setFeatures(fixture.text("features"))
        .setSampleRate(Integer.parseInt(fixture.text("sampleRate")))
        .setWindowMillis(Double.parseDouble(fixture.text("windowMillis")))
        .setHopMillis(Double.parseDouble(fixture.text("hopMillis")))
        .setNumMels(Integer.parseInt(fixture.text("numMels")))
        .setNumCoefficients(Integer.parseInt(fixture.text("numCoefficients")))
        .setMinFrequency(Double.parseDouble(fixture.text("minFrequency")))
        .setMaxFrequency(Double.parseDouble(fixture.text("maxFrequency")))
        .setPreemphasis(Double.parseDouble(fixture.text("preemphasis")))
        .setDeltas(Integer.parseInt(fixture.text("deltas")))
        .setNormalize(fixture.text("normalize"));
  }

  /** Both compute in double precision, so that only the last rounding to float differs. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void framesAreThoseOfTensorFlow(ParityFixture fixture) throws Exception {
    AudioFeatures stage = stage(fixture);
    FrameSpec spec = FrameSpec.of(stage);
    spec.check();
    byte[] file = SoundFiles.wav(stage.getSampleRate(), 16, 1, fixture.values("samples"));
    float[][] frames = new SoundReader(spec).read(file);
    float[] expected = fixture.values("features");
    int width = spec.width() * (1 + spec.deltas());
    assertThat(frames.length * width).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(frames[i / width]).hasSize(width);
      assertThat(frames[i / width][i % width])
          .as("feature %d of frame %d", i % width, i / width)
          .isCloseTo(expected[i], within(2e-6f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Test
  void fixturesAreOfTheirScriptAndTheseVersions() throws IOException, GeneralSecurityException {
    for (ParityFixture fixture : fixtures()) {
      assertThat(fixture.text("script_sha256"))
          .as("sha256 of the script; write the fixtures again after a change")
          .isEqualTo(ParityFixture.sha256OfScript("make_audio_fixtures.py"));
      assertThat(ParityFixture.requirements())
          .contains(
              "numpy==" + fixture.text("numpy"), "tensorflow-cpu==" + fixture.text("tensorflow"));
    }
  }
}
