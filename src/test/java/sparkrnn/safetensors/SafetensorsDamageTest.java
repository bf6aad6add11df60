package sparkrnn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.safetensors.SafetensorsTest.file;
import static sparkrnn.safetensors.SafetensorsTest.layout;
import static sparkrnn.safetensors.SafetensorsTest.open;
import static sparkrnn.safetensors.SafetensorsTest.ramp;
import static sparkrnn.safetensors.SafetensorsTest.written;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.parameter.ParameterLayout;

/** Files that are cut, edited, of another network, or made to harm. */
class SafetensorsDamageTest {

  private static final String W = "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  /** Single quotes stand for double ones; the data is 8 bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the header does not begin with \"{\"; the file is not whole or is no safetensors file.",
        "{}|the header describes 0 bytes of data and the file has 8; the file is not whole or was"
            + " edited.",
        "{'w':3}|\"w\" is a whole number in the header; it must be an object.",
        "{'w':null}|\"w\" is null in the header; it must be an object.",
        "{'w':{'dtype':'F32','shape':[2]}}|\"w\" lacks dtype, shape or the two numbers of"
            + " data_offsets; all are needed.",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0]}}|\"w\" lacks dtype, shape or the two"
            + " numbers of data_offsets; all are needed.",
        "{'w':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}}|\"w\" has dtype \"F64\"; it must"
            + " be \"F32\". Convert it first.",
        "{'w':{'dtype':32,'shape':[1],'data_offsets':[0,8]}}|dtype of \"w\" is a whole number in"
            + " the header; it must be a text.",
        "{'w':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}|shape of \"w\" is a whole number in"
            + " the header; it must be an array.",
        "{'w':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}|shape of \"w\" is a fraction in"
            + " the header; it must be a whole number.",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}|\"w\" has a field \"x\" too"
            + " many; it must have dtype, shape and data_offsets, each once.",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'shape':[2]}}|\"w\" has a field"
            + " \"shape\" too many; it must have dtype, shape and data_offsets, each once.",
        "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|\"w\" has shape [3] and the bytes"
            + " from 0 to 8; a shape must fill its bytes, 4 a number, at most 2147483639 numbers.",
        "{'w':{'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]}}|\"w\" has shape [-1, -2] and"
            + " the bytes from 0 to 8; a shape must fill its bytes, 4 a number, at most 2147483639"
            + " numbers.",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|\"w\" has shape [2] and the bytes"
            + " from 8 to 0; a shape must fill its bytes, 4 a number, at most 2147483639 numbers.",
        "{'w':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}|\"w\" has"
            + " shape [4611686018427387904, 4] and the bytes from 0 to 0; a shape must fill its"
            + " bytes, 4 a number, at most 2147483639 numbers.",
        "{'w':{'dtype':'F32','shape':[1000000000],'data_offsets':[0,4000000000]}}|the header"
            + " describes 4000000000 bytes of data and the file has 8; the file is not whole or"
            + " was edited.",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|the header describes 4 bytes of"
            + " data and the file has 8; the file is not whole or was edited.",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|\"w\" begins at byte 4 of the data"
            + " and the tensor before it ends at 0; tensors must follow each other without gap or"
            + " overlap.",
        "{W,'v':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|\"v\" begins at byte 4 of the"
            + " data and the tensor before it ends at 8; tensors must follow each other without"
            + " gap or overlap.",
        "{W,W}|\"w\" stands in the header twice; each name must stand there once.",
        "{W,'__metadata__':[]}|\"__metadata__\" is an array in the header; it must be an object.",
        "{W,'__metadata__':{'a':1}}|metadata \"a\" is a whole number in the header; it must be a"
            + " text.",
        "{W,'__metadata__':{'a':'','a':''}}|metadata \"a\" stands in the header twice; once is"
            + " needed.",
        "{W} {}|the header goes on behind its closing brace; only spaces may follow.",
        "{W,|the header cannot be read as JSON at character 54 (from 0); the file is not whole or"
            + " is no safetensors file.",
        "{'w':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}|the header"
            + " cannot be read as JSON at character 49 (from 0); the file is not whole or is no"
            + " safetensors file.",
      })
  void headerThatBreaksTheFormatIsRefused(String header, String message) {
    String json = header.replace("W", W).replace('\'', '"');
    byte[] file = file(json, 1, 2);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(message);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = written(Map.of("format", "sparkrnn"), ramp(layout().size()));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> open(cut).parameters(layout()))
          .as("the first %d bytes, with their own size", length)
          .isInstanceOf(SafetensorsException.class);
      assertThatThrownBy(
              () ->
                  SafetensorsReader.open(new ByteArrayInputStream(cut), whole.length)
                      .parameters(layout()))
          .as("the first %d bytes, with the size of the whole", length)
          .isInstanceOf(SafetensorsException.class)
          .hasMessage(
              "the file ends before the size that the file system tells; it is not whole. Write it"
                  + " again.");
    }
    assertThat(open(whole).parameters(layout())).hasSize(layout().size());
  }

  @Test
  void bytesBehindTheDataAreRefused() throws IOException {
    byte[] whole = written(Map.of(), ramp(layout().size()));
    byte[] longer = Arrays.copyOf(whole, whole.length + 4);
    assertThatThrownBy(() -> open(longer))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "the header describes 136 bytes of data and the file has 140; the file is not whole or"
                + " was edited.");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 18446744073709551615",
    "9223372036854775807, 9223372036854775807",
    "3, 3",
    "100000001, 100000001",
  })
  void headerLengthIsCheckedBeforeAnythingIsAllocated(long length, String found) {
    byte[] file = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    long size = length == 100_000_001 ? 1L << 40 : 10;
    assertThatThrownBy(() -> SafetensorsReader.open(new ByteArrayInputStream(file), size))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "the header is said to have %s bytes, in a file of %d; it must fit and have at most"
                + " 100000000. The file is not whole or is no safetensors file.",
            found, size);
  }

  @Test
  void headerThatIsNotUtf8IsRefused() {
    byte[] file = file("{\"ww\":" + W.substring(4) + "}", 1, 2);
    file[10] = (byte) 0xC3;
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage("the header is not UTF-8; the file is not whole or is no safetensors file.");
  }

  @Test
  void longNamesAreCutInMessages() {
    byte[] file = file("{\"" + "x".repeat(5000) + "\":1}");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            '"' + "x".repeat(100) + "...\" is a whole number in the header; it must be an object.");
  }

  @Test
  void anotherShapeNamesTheTensorAndBothShapes() throws IOException {
    byte[] file = written(Map.of(), ramp(layout().size()));
    ParameterLayout.Builder other = ParameterLayout.builder();
    other.add("lstm_0/kernel", 3, 4);
    other.add("lstm_0/bias", 8);
    other.add("dense/kernel", 2, 1);
    assertThatThrownBy(() -> open(file).parameters(other.build()))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "\"lstm_0/kernel\" has shape (3, 8) in the file and (3, 4) by its params; the file is"
                + " not whole or was edited.");
  }

  @Test
  void missingAndSurplusTensorsAreNamed() throws IOException {
    byte[] file = written(Map.of(), ramp(layout().size()));
    ParameterLayout.Builder more = ParameterLayout.builder();
    layout().tensors().forEach(t -> more.add(t.name(), t.shape().toArray(Integer[]::new)));
    more.add("dense/bias", 1);
    assertThatThrownBy(() -> open(file).parameters(more.build()))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "\"dense/bias\" is not in the file and has shape (1) by its params; the file is not"
                + " whole or was edited.");
    ParameterLayout.Builder fewer = ParameterLayout.builder();
    layout()
        .tensors()
        .subList(0, 2)
        .forEach(t -> fewer.add(t.name(), t.shape().toArray(Integer[]::new)));
    assertThatThrownBy(() -> open(file).parameters(fewer.build()))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "\"dense/kernel\" is in the file with shape (2, 1) and the network has no such"
                + " parameter; the file was edited or is of another network.");
  }

  @Test
  void numberThatIsNotFiniteIsNamed() throws IOException {
    float[] parameters = ramp(layout().size());
    parameters[24 + 5] = Float.NEGATIVE_INFINITY;
    byte[] file = written(Map.of(), parameters);
    assertThatThrownBy(() -> open(file).parameters(layout()))
        .isInstanceOf(SafetensorsException.class)
        .hasMessage(
            "\"lstm_0/bias\" of shape (8) holds -Infinity at place 5 (row-major, from 0);"
                + " parameters must be finite. The file was damaged or edited.");
  }

  @Test
  void failureOfTheStreamIsPassedOn() {
    IOException failure = new IOException("the disk is gone");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
          }
        };
    assertThatThrownBy(() -> SafetensorsReader.open(broken, 100)).isSameAs(failure);
  }

  @Test
  void randomDamageEndsInTheExceptionOrInAFiniteResult() throws IOException {
    byte[] whole = written(Map.of("format", "sparkrnn"), ramp(layout().size()));
    int refused = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      byte[] damaged = damaged(whole, new Random(seed));
      try {
        float[] parameters = open(damaged).parameters(layout());
        for (float parameter : parameters) {
          assertThat(Float.isFinite(parameter)).as("seed %d", seed).isTrue();
        }
      } catch (SafetensorsException e) {
        refused++;
        assertThat(e.getMessage()).as("seed %d", seed).endsWith(".").hasSizeLessThan(600);
      } catch (RuntimeException | IOException | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).isBetween(5_000, 19_900);
  }

  /** One to four acts of harm, half of them in the header. */
  private static byte[] damaged(byte[] whole, Random random) {
    String json = "{}[]\",:0123456789-.eE\\ ";
    byte[] bytes = whole.clone();
    int acts = 1 + random.nextInt(4);
    for (int act = 0; act < acts; act++) {
      int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 300);
      int place = random.nextInt(range);
      switch (random.nextInt(6)) {
        case 0 -> bytes[place] = (byte) random.nextInt(256);
        case 1, 2 -> bytes[place] = (byte) json.charAt(random.nextInt(json.length()));
        case 3 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
        case 4 -> {
          int from = random.nextInt(range);
          int count = Math.min(1 + random.nextInt(12), bytes.length - Math.max(from, place));
          System.arraycopy(bytes.clone(), from, bytes, place, count);
        }
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length - random.nextInt(3)));
      }
    }
    return bytes;
  }
}
