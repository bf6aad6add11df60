package sparkrnn.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page in one file: nothing is fetched and nothing runs, so it can be mailed and kept. Every text
 * may come from data.
 */
public final class Page {

  /** The browser, too, is told that the page may fetch and run nothing. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final String title;
  private final String subtitle;
  private final List<String[]> figures = new ArrayList<>();
  private final List<PageSection> sections = new ArrayList<>();

  private int refreshSeconds;

  /** A page with nothing below its title yet. */
  public Page(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /** Lets the browser read the page again after so many seconds, at least 1. */
  public Page refreshing(int seconds) {
    refreshSeconds = seconds;
    return this;
  }

  /** Adds a number to those at the top. */
  public Page figure(String name, String value, String note) {
    figures.add(new String[] {name, value, note});
    return this;
  }

  /** Adds a section, to be filled. */
  public PageSection section(String sectionTitle) {
    PageSection section = new PageSection(sectionTitle);
    sections.add(section);
    return section;
  }

  /** The page, well-formed as XML too. */
  public String html() {
    Html html = new Html();
    html.open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    if (refreshSeconds > 0) {
      html.empty("meta", "http-equiv", "refresh", "content", String.valueOf(refreshSeconds));
    }
    html.element("title", title).element("style", style()).close();
    html.open("body").open("header").element("h1", title).element("p", subtitle).close();
    html.open("main");
    figures(html);
    sections.forEach(section -> section.draw(html));
    html.close().close().close();
    return "<!DOCTYPE html>\n" + html + "\n";
  }

  private void figures(Html html) {
    if (figures.isEmpty()) {
      return;
    }
    html.open("div", "class", "figures");
    for (String[] figure : figures) {
      html.open("div").element("span", figure[0]).element("b", figure[1]);
      html.element("small", figure[2]).close();
    }
    html.close();
  }

  /** Holds no character that would have to be escaped: a style's text is not unescaped again. */
  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("The resource page.css is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
