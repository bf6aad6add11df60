package sparkrnn.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The metadata of a saved stage, read as Spark reads it, but with a look at it first: Spark makes
 * an instance of whatever class it names, and nested deeply enough it ends Spark's parser with a
 * StackOverflowError.
 */
public final class StageMetadata {

  /** The name of the file, or of the directory with the file in it. */
  public static final String NAME = "metadata";

  /** Far above what the params of a stage need. */
  private static final int MOST_CHARACTERS = 1 << 24;

  private static final int MOST_DEPTH = 50;

  /** Strict, so that there are no two classes to choose from. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
              .build());

  private StageMetadata() {}

  /**
   * The class that the metadata in a stage's directory names.
   *
   * @throws IOException if there is no metadata, or not one file with the JSON of a stage; the
   *     message begins in the middle of a sentence
   */
  public static String className(Path directory, Configuration configuration) throws IOException {
    Path metadata = new Path(directory, NAME);
    FileSystem files = metadata.getFileSystem(configuration);
    List<FileStatus> parts =
        Arrays.stream(files.listStatus(metadata))
            .filter(part -> !part.getPath().getName().matches("[._].*"))
            .filter(part -> part.isDirectory() || part.getLen() > 0)
            .toList();
    if (parts.stream().anyMatch(FileStatus::isDirectory)) {
      throw new IOException("there is a directory in it; one file is needed");
    }
    if (parts.size() != 1) {
      throw new IOException(
          String.format(Locale.ROOT, "there are %d files in it; one is needed", parts.size()));
    }
    Path part = parts.get(0).getPath();
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(part);
    try (InputStream raw = files.open(part);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      return className(in);
    }
  }

  /** The same of a directory on the local disk as Spark Connect writes it. */
  public static String className(java.nio.file.Path directory) throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve(NAME))) {
      return className(in);
    }
  }

  private static String className(InputStream in) throws IOException {
    String line = firstLine(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    JsonNode root = JSON.readTree(line);
    String found = root == null ? null : root.path("class").textValue();
    if (found == null) {
      throw new IOException("it names no class");
    }
    return found;
  }

  /** Not readLine: a line may be longer than the memory. */
  private static String firstLine(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0 && read != '\n' && read != '\r'; read = in.read()) {
      if (line.length() == MOST_CHARACTERS) {
        throw new IOException("its line is longer than " + MOST_CHARACTERS + " characters");
      }
      line.append((char) read);
    }
    return line.toString();
  }
}
