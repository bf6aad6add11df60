package sparkrnn.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sparkrnn.ml.RnnLanguageSummary;
import sparkrnn.ml.RnnTextModel;

/** What a language model costs on the test examples, beside what knows nothing of the order. */
final class LanguageTest {

  private LanguageTest() {}

  /**
   * Runs the model over the test examples; the training loss is that of the last epoch.
   *
   * @throws IllegalArgumentException if a row can't be used
   */
  static TestResult of(RnnTextModel model, Examples examples) {
    RnnLanguageSummary test = model.evaluate(examples.part(Examples.TEST));
    double[] history = model.summary().objectiveHistory();
    double unigram = test.unigramNatsPerToken();
    double uniform = test.uniformNatsPerToken();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", test.natsPerToken());
    values.put("trainLoss", history[history.length - 1]);
    values.put("baselineLoss", unigram);
    values.put("baselineName", "frequency of the token");
    values.put("testPerplexity", test.perplexity());
    values.put("testBitsPerToken", test.bitsPerToken());
    values.put("uniformLoss", uniform);
    values.put("vocabularySize", model.vocabularySize());
    values.put("trainingTokens", model.summary().trainingTokens());
    values.put("testTokens", test.numTokens());
    return new TestResult(
        "test",
        List.of("nats/token", "bits/token", "perplexity"),
        List.of(
            line("naive: all tokens equally likely", uniform),
            line("naive: frequency of the token", unigram),
            line("this model", test.natsPerToken())),
        values,
        "nats per token",
        String.format(Locale.ROOT, ", perplexity: %.3f", test.perplexity()));
  }

  private static TestResult.Line line(String name, double nats) {
    return new TestResult.Line(name, List.of(nats, nats / StrictMath.log(2), StrictMath.exp(nats)));
  }
}
