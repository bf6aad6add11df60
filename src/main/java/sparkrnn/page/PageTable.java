package sparkrnn.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table; what looks like a number stands to the right. */
public final class PageTable {

  private final List<String> head;
  private final List<List<Cell>> rows = new ArrayList<>();
  private int strong = -1;

  /** One cell: a text, a line, or a text on a colour. */
  private record Cell(String text, Sparkline line, double share) {}

  /** An empty table with these heads of columns. */
  public PageTable(List<String> head) {
    this.head = List.copyOf(head);
  }

  /** Adds a row of texts. */
  public PageTable row(List<String> cells) {
    rows.add(new ArrayList<>());
    cells.forEach(this::cell);
    return this;
  }

  /** Adds a row of texts. */
  public PageTable row(String... cells) {
    return row(List.of(cells));
  }

  /** Adds a text to the last row. */
  public PageTable cell(String text) {
    return add(new Cell(text, null, Double.NaN));
  }

  /** Adds a line to the last row. */
  public PageTable cell(Sparkline line) {
    return add(new Cell("", line, Double.NaN));
  }

  /** Adds a text to the last row, on a colour as strong as the share, in [0, 1]. */
  public PageTable cell(String text, double share) {
    return add(new Cell(text, null, share));
  }

  private PageTable add(Cell cell) {
    rows.get(rows.size() - 1).add(cell);
    return this;
  }

  /** The last row is what the table is about. */
  public PageTable strong() {
    strong = rows.size() - 1;
    return this;
  }

  /** Rows so far. */
  public int size() {
    return rows.size();
  }

  void draw(Html html) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (int i = 0; i < head.size(); i++) {
      html.element("th", head.get(i), "class", ofNumbers(i) ? "number" : "words");
    }
    html.close().close().open("tbody");
    for (int i = 0; i < rows.size(); i++) {
      html.open("tr", "class", i == strong ? "strong" : "plain");
      rows.get(i).forEach(cell -> draw(html, cell));
      html.close();
    }
    html.close().close().close();
  }

  private static void draw(Html html, Cell cell) {
    if (cell.line() != null) {
      html.open("td");
      cell.line().draw(html);
      html.close();
    } else if (Double.isNaN(cell.share())) {
      html.element("td", cell.text(), "class", isNumber(cell.text()) ? "number" : "words");
    } else {
      String style = String.format(Locale.ROOT, "--share:%.0f%%", 100 * Math.sqrt(cell.share()));
      html.element("td", cell.text(), "class", "number heat", "style", style);
    }
  }

  private boolean ofNumbers(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .filter(row -> column < row.size())
            .allMatch(row -> row.get(column).line() == null && isNumber(row.get(column).text()));
  }

  /** Nothing is a number too: a measure that a row does not have. */
  private static boolean isNumber(String text) {
    return text.matches("|-?[0-9][0-9,.]*(e[-+]?[0-9]+)?( ?%)?");
  }
}
