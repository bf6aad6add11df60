package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnTextModel;
import sparkrnn.ml.Sampling;

/**
 * A text that a language model makes up after its training, as the section "sample" says.
 *
 * @param prompt what it goes on from; empty for no sample
 * @param length characters to draw
 */
record TextSample(Optional<String> prompt, int length, Sampling sampling) {

  private static final int LENGTH = 500;
  private static final double TEMPERATURE = 0.8;

  /**
   * Reads the section.
   *
   * @throws JobException if it stands there without a prompt
   * @throws IllegalArgumentException if a number is out of its range
   */
  static TextSample of(JobConfig config) {
    if (config.has("sample")) {
      config.required("sample.prompt", "the sample begins with it");
    }
    return new TextSample(
        config.optional("sample.prompt"),
        config.integer("sample.length", LENGTH),
        new Sampling(
            config.number("sample.temperature", TEMPERATURE),
            config.integer("sample.topK", 0),
            config.number("sample.topP", 1),
            config.whole("sample.seed", 1)));
  }

  /** Prints prompt and text, if there is to be one and the model makes texts. */
  void print(RnnModel<?> model, PrintStream out) {
    if (prompt.isPresent() && model instanceof RnnTextModel text) {
      out.println();
      out.println(text(text));
      out.println();
    }
  }

  /** Prompt and what the model makes of it; words and ids stand between spaces. */
  String text(RnnTextModel model) {
    String begin = prompt.orElseThrow();
    return switch (model.tokenKind()) {
      case "characters" -> begin + model.generate(begin, length, sampling);
      case "words" -> {
        List<String> drawn = model.generate(List.of(parts(begin)), length, sampling);
        yield begin + " " + String.join(" ", drawn);
      }
      default -> {
        int[] drawn = model.generate(ids(begin), length, sampling);
        yield begin
            + " "
            + Arrays.stream(drawn).mapToObj(String::valueOf).collect(Collectors.joining(" "));
      }
    };
  }

  private static String[] parts(String text) {
    return text.strip().split("\\s+");
  }

  private static int[] ids(String text) {
    try {
      return Arrays.stream(parts(text)).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException noNumber) {
      throw new JobException(
          "the prompt is \""
              + text
              + "\" and the model was trained on ids; it must be whole numbers, such as \"7 1 4\".");
    }
  }
}
