package sparkrnn.jobs;

import java.util.List;
import java.util.Map;

/**
 * What a model reached on examples that it has not seen, beside what needs no learning.
 *
 * @param title above the table: "test error"
 * @param measures the heads of the columns
 * @param rows naive ones first, the model's last
 * @param values by their names in the JSON; "testLoss", "trainLoss", "baselineLoss" and
 *     "baselineName" are always among them
 * @param loss the name of the loss
 * @param more what the last line says after the loss; may be empty
 * @param notes lines below the table
 */
record TestResult(
    String title,
    List<String> measures,
    List<Line> rows,
    Map<String, Object> values,
    String loss,
    String more,
    List<String> notes) {

  /** Without notes. */
  TestResult(
      String title,
      List<String> measures,
      List<Line> rows,
      Map<String, Object> values,
      String loss,
      String more) {
    this(title, measures, rows, values, loss, more, List.of());
  }

  /** The same with these lines below the table. */
  TestResult withNotes(List<String> lines) {
    return new TestResult(title, measures, rows, values, loss, more, lines);
  }

  /** One line of the table. */
  record Line(String name, List<Double> numbers) {}
}
