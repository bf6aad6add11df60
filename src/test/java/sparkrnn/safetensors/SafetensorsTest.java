package sparkrnn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkrnn.parameter.ParameterLayout;

/** Whole files, there and back. */
class SafetensorsTest {

  static ParameterLayout layout() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("lstm_0/kernel", 3, 8);
    builder.add("lstm_0/bias", 8);
    builder.add("dense/kernel", 2, 1);
    return builder.build();
  }

  static float[] ramp(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.cos(1 + 0.7 * i);
    }
    return values;
  }

  static SafetensorsReader open(byte[] file) throws IOException {
    return SafetensorsReader.open(new ByteArrayInputStream(file), file.length);
  }

  static byte[] file(String header, float... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (float number : data) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  static byte[] written(Map<String, String> metadata, float[] parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(out, metadata, layout(), parameters);
    return out.toByteArray();
  }

  @Test
  void parametersComeBackBitForBit() throws IOException {
    float[] parameters = ramp(layout().size());
    parameters[3] = -0f;
    parameters[4] = Float.MIN_VALUE;
    SafetensorsReader reader =
        open(written(Map.of("format", "sparkrnn", "note", "quote \" and \u00fc \n"), parameters));
    assertThat(reader.metadata())
        .containsOnly(Map.entry("format", "sparkrnn"), Map.entry("note", "quote \" and \u00fc \n"));
    assertThat(reader.parameters(layout())).containsExactly(parameters);
  }

  @Test
  void tensorsLongerThanOneChunkComeBack() throws IOException {
    float[] values = ramp(40_003);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(
        out, Map.of(), List.of(new NamedTensor("long", List.of(40_001), values, 2)));
    NamedTensor tensor = open(out.toByteArray()).tensors().get(0);
    assertThat(tensor.values()).containsExactly(java.util.Arrays.copyOfRange(values, 2, 40_003));
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(
        out,
        Map.of("b", "2", "a", "1"),
        List.of(
            new NamedTensor("w", List.of(1, 2), new float[] {9, 1, -2}, 1),
            new NamedTensor("none", List.of(0, 4), new float[0], 0),
            new NamedTensor("scalar", List.of(), new float[] {0.5f}, 0)));
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,4],\"data_offsets\":[8,8]},"
            + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    assertThat(out.toByteArray()).containsExactly(file(padded, 1, -2, 0.5f));
    assertThat(open(out.toByteArray()).tensors())
        .extracting(NamedTensor::name, NamedTensor::shape, NamedTensor::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("w", List.of(1, 2), 2),
            org.assertj.core.groups.Tuple.tuple("none", List.of(0, 4), 0),
            org.assertj.core.groups.Tuple.tuple("scalar", List.of(), 1));
  }

  @Test
  void fileOfAnotherWriterIsRead() throws IOException {
    byte[] file =
        file(
            "{ \"b\" : {\"data_offsets\":[4,12], \"shape\":[2], \"dtype\":\"F32\"},\n"
                + " \"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]} }   ",
            7,
            8,
            9);
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("b", 2);
    builder.add("a", 1);
    assertThat(open(file).parameters(builder.build())).containsExactly(8, 9, 7);
  }

  @Test
  void emptyFileOfTheFormatHasNoTensors() throws IOException {
    SafetensorsReader reader = open(file("{}"));
    assertThat(reader.metadata()).isEmpty();
    assertThat(reader.tensors()).isEmpty();
  }

  @Test
  void equalArgumentsGiveEqualBytes() throws IOException {
    Map<String, String> forth = new java.util.LinkedHashMap<>();
    Map<String, String> back = new java.util.LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forth.put("key" + i, "value");
      back.put("key" + (19 - i), "value");
    }
    float[] parameters = ramp(layout().size());
    assertThat(written(forth, parameters)).containsExactly(written(back, parameters));
  }

  @Test
  void dataIsReadOnce() throws IOException {
    SafetensorsReader reader = open(written(Map.of(), ramp(layout().size())));
    reader.parameters(layout());
    assertThatThrownBy(reader::tensors)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the tensors of this file were read before; the stream is behind them. Open it again.");
  }

  @Test
  void streamStandsBehindTheFileAfterReading() throws IOException {
    byte[] one = written(Map.of(), ramp(layout().size()));
    byte[] two = java.util.Arrays.copyOf(one, one.length + 1);
    two[one.length] = 42;
    ByteArrayInputStream in = new ByteArrayInputStream(two);
    SafetensorsReader.open(in, one.length).parameters(layout());
    assertThat(in.read()).isEqualTo(42);
  }

  @Test
  void writerRefusesNamesThatAreTaken() {
    NamedTensor tensor = new NamedTensor("w", List.of(1), new float[1], 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> SafetensorsWriter.write(out, Map.of(), List.of(tensor, tensor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "safetensors: the name \"w\" is taken; each tensor needs its own, and"
                + " \"__metadata__\" is the format's.");
    NamedTensor metadata = new NamedTensor("__metadata__", List.of(1), new float[1], 0);
    assertThatThrownBy(() -> SafetensorsWriter.write(out, Map.of(), List.of(metadata)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("safetensors: the name \"__metadata__\" is taken;");
    assertThat(out.size()).isZero();
  }

  @Test
  void tensorOutsideItsArrayIsRefused() {
    assertThatThrownBy(() -> new NamedTensor("w", List.of(2, 3), new float[7], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tensor \"w\": shape (2, 3) at offset 2 does not fit into an array of 7 numbers.");
  }
}
