package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sparkrnn.page.Numbers;
import sparkrnn.page.PageSection;
import sparkrnn.page.PageTable;

/**
 * Which labels were taken for which.
 *
 * @param labels of the model
 * @param matrix by true label (rows) and predicted label (columns)
 */
record Confusion(String[] labels, double[][] matrix) {

  /** More labels than this make a table that nobody reads. */
  private static final int MOST_LABELS = 20;

  private static final int MOST_PAIRS = 12;

  /** One label taken for another, so often. */
  private record Pair(int truth, int prediction, double count) {}

  /** Adds the whole table where it can be read, and the pairs that are confused most often. */
  void addTo(PageSection section) {
    if (labels.length <= MOST_LABELS) {
      section.paragraph("Rows are the truth, columns the prediction.").table(whole());
    }
    PageTable pairs = pairs();
    if (pairs.size() > 0) {
      section.paragraph("Labels that are taken for others most often:").table(pairs);
    }
  }

  private PageTable whole() {
    List<String> head = new ArrayList<>(List.of("truth"));
    head.addAll(List.of(labels));
    PageTable table = new PageTable(head);
    for (int truth = 0; truth < labels.length; truth++) {
      double all = sum(matrix[truth]);
      table.row(labels[truth]);
      for (double count : matrix[truth]) {
        table.cell(Numbers.shown(count), all == 0 ? 0 : count / all);
      }
    }
    return table;
  }

  private PageTable pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int truth = 0; truth < labels.length; truth++) {
      for (int prediction = 0; prediction < labels.length; prediction++) {
        if (truth != prediction && matrix[truth][prediction] > 0) {
          pairs.add(new Pair(truth, prediction, matrix[truth][prediction]));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::count).reversed());
    PageTable table =
        new PageTable(List.of("truth", "prediction", "count", "share of the true label"));
    for (Pair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      double share = pair.count() / sum(matrix[pair.truth()]);
      table.row(labels[pair.truth()], labels[pair.prediction()]);
      table.cell(Numbers.shown(pair.count())).cell(Cases.percent(share));
    }
    return table;
  }

  private static double sum(double[] counts) {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }
}
