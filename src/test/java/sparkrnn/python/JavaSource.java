package sparkrnn.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What only the source of a class says: its comment, and the order of its methods. */
final class JavaSource {

  private static final Path ROOT = Path.of("src/main/java");

  private final String text;
  private final String name;

  JavaSource(Class<?> type) {
    try {
      text = Files.readString(ROOT.resolve(type.getName().replace('.', '/') + ".java"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    name = type.getSimpleName();
  }

  /** Where a method of this name is declared first. */
  int place(String method) {
    Matcher declared =
        Pattern.compile("^  public .*\\b" + method + "\\(", Pattern.MULTILINE).matcher(text);
    Matcher inherited =
        Pattern.compile("^  default .*\\b" + method + "\\(", Pattern.MULTILINE).matcher(text);
    if (declared.find()) {
      return declared.start();
    }
    if (inherited.find()) {
      return inherited.start();
    }
    throw new IllegalStateException(name + " declares no method " + method);
  }

  /** The comment of the class as paragraphs of plain text, without its examples in Java. */
  List<String> comment() {
    Matcher comment =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
                    + "public (?:final |abstract )*(?:class|interface|record) "
                    + name
                    + "\\b",
                Pattern.DOTALL)
            .matcher(text);
    if (!comment.find()) {
      throw new IllegalStateException(name + " has no comment");
    }
    return PythonText.paragraphs(comment.group(1));
  }
}
