package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.ParityFixture;

/** Our images of other sizes against those of PyTorch, which make_image_fixtures.py wrote. */
final class ResamplingTest {

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("image");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void resizedImageIsThatOfPyTorch(ParityFixture fixture) {
    int[] size =
        Arrays.stream(fixture.text("size").split(",")).mapToInt(Integer::parseInt).toArray();
    float[] pixels = fixture.values("pixels");
    Pixels resized = new Pixels(size[0], size[1], size[2], pixels).resized(size[3], size[4]);
    float[] expected = fixture.values("resized");
    assertThat(resized.values()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(resized.values()[i]).as("value %d", i).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void sameSizeKeepsEveryBit() throws IOException {
    ParityFixture fixture = ParityFixture.named("image", "same");
    float[] pixels = fixture.values("pixels");
    assertThat(new Pixels(5, 7, 3, pixels).resized(0, 0).values()).containsExactly(pixels);
  }

  @Test
  void fixturesAreOfTheirScriptAndTheseVersions() throws IOException, GeneralSecurityException {
    for (ParityFixture fixture : fixtures()) {
      assertThat(fixture.text("script_sha256"))
          .as("sha256 of the script; write the fixtures again after a change")
          .isEqualTo(ParityFixture.sha256OfScript("make_image_fixtures.py"));
      assertThat(ParityFixture.requirements())
          .contains("numpy==" + fixture.text("numpy"), "torch==" + fixture.text("torch"));
    }
  }
}
