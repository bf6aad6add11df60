package sparkrnn.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pages: whatever data says, the browser shows it and runs none of it. */
final class PageTest {

  private static final String HOSTILE =
      "</pre><script src=\"https://evil.example/x.js\">alert('1')</script>&\u0000\uD800";

  private static Page page() {
    Page page = new Page(HOSTILE, HOSTILE).figure(HOSTILE, HOSTILE, HOSTILE);
    double[] x = {1, 2, 3};
    double[] y = {0.1, Double.NaN, 20};
    page.section(HOSTILE)
        .paragraph(HOSTILE)
        .code(HOSTILE)
        .facts(Map.of(HOSTILE, HOSTILE))
        .table(
            new PageTable(List.of(HOSTILE, "line"))
                .row(HOSTILE)
                .cell(new Sparkline(x, new double[] {4}, new double[] {5}))
                .strong())
        .folded(HOSTILE, new PageTable(List.of(HOSTILE)).row(HOSTILE))
        .charts(
            List.of(
                new Chart(HOSTILE, HOSTILE).line(HOSTILE, x, y).dashed("b", x, x),
                new Chart("c", "d").band("e", x, x, x).square().points("f", x, y)));
    return page;
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  /** If it fails, a column name or a row can run a script where the report is read. */
  @Test
  void hostileTextsAreShownAndAreNoMarkup() throws Exception {
    Document document = parsed(page().html());
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    String shown = HOSTILE.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD');
    for (String element : List.of("title", "h1", "h2", "pre", "dt", "dd", "th", "td", "summary")) {
      NodeList found = document.getElementsByTagName(element);
      assertThat(found.item(0).getTextContent()).as(element).isEqualTo(shown);
    }
  }

  /** If it fails, the page tells others who reads it, or is empty where there is no network. */
  @Test
  void nothingIsFetchedOrRun() throws Exception {
    Document document = parsed(page().html());
    NodeList all = document.getElementsByTagName("*");
    assertThat(all.getLength()).isGreaterThan(60);
    for (int i = 0; i < all.getLength(); i++) {
      var attributes = all.item(i).getAttributes();
      for (int j = 0; j < attributes.getLength(); j++) {
        String name = attributes.item(j).getNodeName();
        assertThat(name).isNotIn("src", "href", "srcset", "action").doesNotStartWith("on");
      }
    }
    assertThat(document.getElementsByTagName("style").item(0).getTextContent())
        .doesNotContain("url(", "@import")
        .contains("prefers-color-scheme: dark");
    assertThat(page().html()).contains("content=\"default-src &#39;none&#39;");
  }

  /** If it fails, curves have the wrong shape: a gap is drawn over, or values leave the chart. */
  @Test
  void linesBreakWhereThereIsNoValueAndStayInTheChart() throws Exception {
    NodeList paths = parsed(page().html()).getElementsByTagName("path");
    String broken = null;
    for (int i = 0; i < paths.getLength(); i++) {
      if (paths.item(i).getAttributes().getNamedItem("class").getNodeValue().equals("line c0")
          && paths.item(i).getParentNode().getAttributes().getNamedItem("class") == null) {
        broken = paths.item(i).getAttributes().getNamedItem("d").getNodeValue();
      }
    }
    assertThat(broken).matches("M58\\.0 [0-9.]+M428\\.0 [0-9.]+");
  }

  @Test
  void aTraceNeedsAValueForEachPlace() {
    assertThatThrownBy(() -> new Chart("t", "x").line("loss", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chart: \"loss\" has 2 places and 3 values; it must have as many.");
  }

  /** If it fails, a model without errors has a head of a table with nothing below it. */
  @Test
  void tableWithoutRowsIsToldInWords() {
    Page page = new Page("title", "");
    page.section("Worst cases").table(new PageTable(java.util.List.of("truth", "prediction")));
    assertThat(page.html()).contains("There is none.").doesNotContain("<table>");
  }
}
