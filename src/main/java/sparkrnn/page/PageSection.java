package sparkrnn.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One part of a page, under its own title. */
public final class PageSection {

  private final String title;
  private final List<Consumer<Html>> parts = new ArrayList<>();

  PageSection(String title) {
    this.title = title;
  }

  /** Adds a sentence or more. */
  public PageSection paragraph(String text) {
    parts.add(html -> html.element("p", text));
    return this;
  }

  /** Adds a table; a table without rows is told in words. */
  public PageSection table(PageTable table) {
    parts.add(
        html -> {
          if (table.size() == 0) {
            html.element("p", "There is none.");
          } else {
            table.draw(html);
          }
        });
    return this;
  }

  /** Adds charts, side by side where there is room. */
  public PageSection charts(List<Chart> charts) {
    List<Chart> drawn = List.copyOf(charts);
    parts.add(
        html -> {
          html.open(
              "div",
              "class",
              drawn.size() % 4 == 0 || drawn.size() == 2 ? "charts pairs" : "charts");
          drawn.forEach(chart -> ChartDrawing.draw(html, chart));
          html.close();
        });
    return this;
  }

  /** Adds names with their values. */
  public PageSection facts(Map<String, String> facts) {
    parts.add(
        html -> {
          html.open("dl");
          facts.forEach(
              (name, value) -> html.open("div").element("dt", name).element("dd", value).close());
          html.close();
        });
    return this;
  }

  /** Adds a text of which every space and line counts. */
  public PageSection code(String text) {
    parts.add(html -> html.element("pre", text));
    return this;
  }

  /** Adds a table that is shown when its title is clicked on. */
  public PageSection folded(String summary, PageTable table) {
    parts.add(
        html -> {
          html.open("details").element("summary", summary);
          table.draw(html);
          html.close();
        });
    return this;
  }

  void draw(Html html) {
    html.open("section").element("h2", title);
    parts.forEach(part -> part.accept(html));
    html.close();
  }
}
