package sparkrnn.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checked JSON header of a safetensors file: what lies where in the bytes behind it.
 *
 * <pre>
 *   {"__metadata__": {name: text, ...},
 *    name: {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...}
 * </pre>
 *
 * <p>Kept: every tensor is F32, its shape fills its bytes exactly, and the tensors cover all bytes
 * once, without gaps.
 *
 * <p>Source: the format section of the safetensors README, version 0.4. Our deviation: F32 only,
 * and a tensor has no fields besides the three.
 */
final class SafetensorsHeader {

  static final String METADATA = "__metadata__";
  static final int MAX_BYTES = 100_000_000;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** Without the shared table of names, which hostile names can fill until it throws. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /**
   * One tensor.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte behind its last
   */
  record Entry(String name, List<Integer> shape, long begin, long end) {

    int size() {
      return (int) ((end - begin) / Float.BYTES);
    }
  }

  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final JsonParser parser;

  private SafetensorsHeader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Parses and checks.
   *
   * @param json the bytes of the header
   * @param dataBytes how many bytes lie behind it
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws SafetensorsException {
    if (json.length == 0 || json[0] != '{') {
      throw new SafetensorsException(
          "the header does not begin with \"{\"; the file is not whole or is no safetensors file.");
    }
    // A reader that reports malformed bytes: by itself the parser would guess UTF-16 and others.
    InputStreamReader reader =
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(reader)) {
      SafetensorsHeader header = new SafetensorsHeader(parser);
      header.parseFile();
      header.checkCover(dataBytes);
      return header;
    } catch (SafetensorsException e) {
      throw e;
    } catch (JsonProcessingException e) {
      long place = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
      throw new SafetensorsException(
          "the header cannot be read as JSON at character "
              + place
              + " (from 0); the file is not whole or is no safetensors file.",
          e);
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(
          "the header is not UTF-8; the file is not whole or is no safetensors file.", e);
    } catch (IOException e) {
      throw new SafetensorsException("the header cannot be read.", e);
    }
  }

  /** Text by name, in the order of the file. */
  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** In the order of their bytes. */
  List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  private void parseFile() throws IOException {
    Set<String> names = new HashSet<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!names.add(name)) {
        throw new SafetensorsException(
            quoted(name) + " stands in the header twice; each name must stand there once.");
      }
      if (name.equals(METADATA)) {
        parseMetadata();
      } else {
        entries.add(parseEntry(name));
      }
    }
    if (parser.nextToken() != null) {
      throw new SafetensorsException(
          "the header goes on behind its closing brace; only spaces may follow.");
    }
  }

  private void parseMetadata() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, quoted(METADATA));
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "metadata " + quoted(name));
      if (metadata.put(name, parser.getText()) != null) {
        throw new SafetensorsException(
            "metadata " + quoted(name) + " stands in the header twice; once is needed.");
      }
    }
  }

  private Entry parseEntry(String name) throws IOException {
    String dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    expect(parser.nextToken(), JsonToken.START_OBJECT, quoted(name));
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("dtype") && dtype == null) {
        expect(value, JsonToken.VALUE_STRING, "dtype of " + quoted(name));
        dtype = parser.getText();
      } else if (field.equals("shape") && shape == null) {
        shape = parseNumbers(value, "shape of " + quoted(name));
      } else if (field.equals("data_offsets") && offsets == null) {
        offsets = parseNumbers(value, "data_offsets of " + quoted(name));
      } else {
        throw new SafetensorsException(
            quoted(name)
                + " has a field "
                + quoted(field)
                + " too many; it must have dtype, shape and data_offsets, each once.");
      }
    }
    return checkedEntry(name, dtype, shape, offsets);
  }

  private List<Long> parseNumbers(JsonToken first, String where) throws IOException {
    expect(first, JsonToken.START_ARRAY, where);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, where);
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private static Entry checkedEntry(String name, String dtype, List<Long> shape, List<Long> offsets)
      throws SafetensorsException {
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new SafetensorsException(
          quoted(name) + " lacks dtype, shape or the two numbers of data_offsets; all are needed.");
    }
    if (!dtype.equals("F32")) {
      throw new SafetensorsException(
          quoted(name) + " has dtype " + quoted(dtype) + "; it must be \"F32\". Convert it first.");
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    long size = size(shape);
    // Range first: the difference of two arbitrary longs can overflow.
    if (begin < 0 || end < begin || size < 0 || size * Float.BYTES != end - begin) {
      throw new SafetensorsException(
          quoted(name)
              + " has shape "
              + abbreviated(shape.toString())
              + " and the bytes from "
              + begin
              + " to "
              + end
              + "; a shape must fill its bytes, 4 a number, at most "
              + MAX_ARRAY
              + " numbers.");
    }
    return new Entry(name, shape.stream().map(Math::toIntExact).toList(), begin, end);
  }

  /** Numbers in a tensor, or -1 if an extent is negative or it would be more than an array. */
  private static long size(List<Long> shape) {
    long size = 1;
    for (long extent : shape) {
      if (extent < 0 || extent > MAX_ARRAY) {
        return -1;
      }
      size *= extent;
      if (size > MAX_ARRAY) {
        return -1;
      }
    }
    return size;
  }

  /** Sorts the tensors by place and checks that they cover the data once. */
  private void checkCover(long dataBytes) throws SafetensorsException {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw new SafetensorsException(
            quoted(entry.name())
                + " begins at byte "
                + entry.begin()
                + " of the data and the tensor before it ends at "
                + covered
                + "; tensors must follow each other without gap or overlap.");
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new SafetensorsException(
          "the header describes "
              + covered
              + " bytes of data and the file has "
              + dataBytes
              + "; the file is not whole or was edited.");
    }
  }

  private static void expect(JsonToken found, JsonToken wanted, String where)
      throws SafetensorsException {
    if (found != wanted) {
      throw new SafetensorsException(
          where
              + " is "
              + described(found)
              + " in the header; it must be "
              + described(wanted)
              + ".");
    }
  }

  private static String described(JsonToken token) {
    return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NULL -> "null";
      default -> "not there";
    };
  }

  /** In double quotes, and cut if it is long: names come from the file. */
  static String quoted(String text) {
    return '"' + abbreviated(text) + '"';
  }

  private static String abbreviated(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
