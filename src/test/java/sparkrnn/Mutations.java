package sparkrnn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damage to the bytes of a file: by chance, and as somebody would do it who knows the format. */
public final class Mutations {

  private static final String SYNTAX = "{}[]\",:0123456789-.eE\\ ntf";

  /** A number, a text or a word of JSON. */
  private static final Pattern VALUE =
      Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|\"[^\"\\\\]*\"|true|false|null");

  private static final String[] HOSTILE = {
    "-1",
    "0",
    "2147483647",
    "-2147483648",
    "9223372036854775807",
    "99999999999999999999999999",
    "1e999",
    "-1e-400",
    "0.5",
    "NaN",
    "null",
    "true",
    "\"\"",
    "\"NaN\"",
    "\"../../x\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[null]",
    "[[1],[2]]",
    "{\"a\":{\"a\":1}}",
    "[2147483647,2147483647]",
  };

  private Mutations() {}

  /** One to three acts on the bytes of any file, half of them within its first bytes. */
  public static byte[] ofBytes(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int acts = 1 + random.nextInt(3);
    for (int act = 0; act < acts; act++) {
      bytes = bytes.length == 0 ? new byte[] {(byte) random.nextInt()} : changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 200);
    int place = random.nextInt(range);
    switch (random.nextInt(8)) {
      case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[place] = (byte) random.nextInt();
      case 2 -> bytes[place] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
      case 3 -> {
        // A length: at the beginning of the file, or anywhere.
        int from = random.nextBoolean() ? 0 : place;
        long length = random.nextBoolean() ? random.nextLong() : 1L << random.nextInt(64);
        for (int i = 0; i < Long.BYTES && from + i < bytes.length; i++) {
          bytes[from + i] = (byte) (length >>> (8 * i));
        }
      }
      case 4 -> bytes = Arrays.copyOf(bytes, place);
      case 5 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5000));
      case 6 -> {
        int from = random.nextInt(range);
        int count = Math.min(1 + random.nextInt(50), bytes.length - Math.max(from, place));
        System.arraycopy(bytes.clone(), from, bytes, place, count);
      }
      default -> {
        int count = random.nextInt(Math.min(100, bytes.length - place) + 1);
        byte[] shorter = new byte[bytes.length - count];
        System.arraycopy(bytes, 0, shorter, 0, place);
        System.arraycopy(bytes, place + count, shorter, place, shorter.length - place);
        bytes = shorter;
      }
    }
    return bytes;
  }

  /** One or two acts on values and names in JSON text. */
  public static byte[] ofJson(byte[] whole, Random random) {
    String json = new String(whole, StandardCharsets.UTF_8);
    int acts = 1 + random.nextInt(2);
    for (int act = 0; act < acts; act++) {
      json = changed(json, random);
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String changed(String json, Random random) {
    MatchResult[] values = VALUE.matcher(json).results().toArray(MatchResult[]::new);
    if (values.length < 2) {
      return json + random.nextInt();
    }
    MatchResult one = values[random.nextInt(values.length)];
    MatchResult other = values[random.nextInt(values.length)];
    return switch (random.nextInt(6)) {
      case 0, 1 -> with(json, one, HOSTILE[random.nextInt(HOSTILE.length)]);
      case 2 -> with(json, one, other.group());
      case 3 -> with(json, one, one.group() + ":" + other.group() + "," + one.group()); // twice
      case 4 -> with(json, one, nested(random));
      default -> with(json, one, '"' + "x".repeat(random.nextInt(20_000)) + '"');
    };
  }

  private static String with(String json, MatchResult place, String value) {
    return json.substring(0, place.start()) + value + json.substring(place.end());
  }

  private static String nested(Random random) {
    int depth = 1 << random.nextInt(14);
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
