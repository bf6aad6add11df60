package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.Optional;
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
      out.println(prompt.get() + text.generate(prompt.get(), length, sampling));
      out.println();
    }
  }
}
