package sparkrnn.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Java's values and comments as Python writes them. */
final class PythonText {

  private static final int WIDTH = 100;
  private static final String QUOTES = "\"\"\"";

  private PythonText() {}

  /** The value of a param as a literal. */
  static String literal(Object value) {
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof int[] numbers) {
      return list(Arrays.stream(numbers).boxed().toList());
    }
    if (value instanceof double[] numbers) {
      return list(Arrays.stream(numbers).boxed().toList());
    }
    if (value instanceof String[] texts) {
      return list(List.of(texts));
    }
    return value.toString().replace('E', 'e');
  }

  private static String list(List<?> values) {
    return values.stream().map(PythonText::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A literal as the default of an argument, which must not be changeable. */
  static String immutable(String literal) {
    if (!literal.startsWith("[")) {
      return literal;
    }
    String inner = literal.substring(1, literal.length() - 1);
    return "(" + inner + (inner.isEmpty() || inner.contains(",") ? "" : ",") + ")";
  }

  /** A text over as many literals as it needs, each on a line of its own. */
  static String literals(String text, int indent) {
    List<String> lines = new ArrayList<>();
    int room = WIDTH - indent - 3;
    String rest = text;
    while (rest.length() > room) {
      int cut = rest.lastIndexOf(' ', room - 1) + 1;
      lines.add(literal(rest.substring(0, cut)));
      rest = rest.substring(cut);
    }
    lines.add(literal(rest));
    return String.join("\n" + " ".repeat(indent), lines);
  }

  /** Paragraphs as a docstring. */
  static String docstring(List<String> paragraphs, int indent) {
    String margin = " ".repeat(indent);
    StringBuilder text = new StringBuilder(wrapped(paragraphs.get(0), margin + QUOTES, margin));
    for (String paragraph : paragraphs.subList(1, paragraphs.size())) {
      text.append("\n\n").append(laidOut(paragraph, margin));
    }
    boolean oneLine = text.indexOf("\n") < 0 && text.length() + QUOTES.length() <= WIDTH;
    return text + (oneLine ? "" : "\n" + margin) + QUOTES + "\n";
  }

  /** A paragraph whose lines begin with spaces is kept as it is, one of a list hangs. */
  private static String laidOut(String paragraph, String margin) {
    if (paragraph.startsWith("  ")) {
      return paragraph.lines().map(margin::concat).collect(Collectors.joining("\n"));
    }
    return wrapped(paragraph, margin, paragraph.startsWith("- ") ? margin + "  " : margin);
  }

  private static String wrapped(String paragraph, String first, String others) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(first);
    String space = "";
    for (String word : paragraph.split(" ", -1)) {
      if (line.length() + space.length() + word.length() > WIDTH) {
        lines.append(line).append('\n');
        line = new StringBuilder(others);
        space = "";
      }
      line.append(space).append(word);
      space = " ";
    }
    return lines.append(line).toString();
  }

  /** The paragraphs of a comment in Java: no tags, no examples in Java, tables as they are. */
  static List<String> paragraphs(String comment) {
    String plain =
        comment
            .replaceAll("(?m)^ *\\* ?", "")
            .replaceAll("(?s)<pre>\\{@code.*?}</pre>", "")
            .replaceAll("(?s)\\s*@(param|throws|see|return)\\b.*", "");
    List<String> paragraphs = new ArrayList<>();
    boolean table = false;
    for (String part : plain.split("</?pre>", -1)) {
      if (table) {
        paragraphs.add(
            part.lines()
                .filter(line -> !line.isBlank())
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n")));
      } else {
        for (String paragraph : part.split("<p>|<ul>|</ul>|(?=<li>)", -1)) {
          String words = words(paragraph);
          if (!words.isEmpty()) {
            paragraphs.add(words);
          }
        }
      }
      table = !table;
    }
    return paragraphs;
  }

  private static String words(String paragraph) {
    return paragraph
        .replaceAll("<li>\\s*", "- ")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@link #?([\\w.#]+)(\\([^)]*\\))?( [^}]*)?}", "$1")
        .replaceAll("\\{@code ((?:[^{}]|\\{[^}]*})*)}", "$1")
        .replace('#', '.')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .strip();
  }
}
