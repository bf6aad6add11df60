package sparkrnn.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names that classes of Python have, by what stands in their files. */
final class PythonNames {

  private static final Pattern CLASS =
      Pattern.compile(
          "^class (\\w+)(?:\\(([^:]*)\\))?:\\n(.*?)(?=^\\S|\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern MEMBER =
      Pattern.compile("^    (?:def )?(\\w+)(?=\\(|:| =)", Pattern.MULTILINE);

  private final Map<String, Set<String>> members = new HashMap<>();
  private final Map<String, List<String>> bases = new HashMap<>();

  /** Reads all files of a folder. */
  PythonNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".py")).toList()) {
        read(Files.readString(file));
      }
    }
  }

  private void read(String text) {
    Matcher type = CLASS.matcher(text);
    while (type.find()) {
      Set<String> own = new HashSet<>();
      Matcher member = MEMBER.matcher(type.group(3));
      while (member.find()) {
        own.add(member.group(1));
      }
      members.put(type.group(1), own);
      String parents = type.group(2) == null ? "" : type.group(2).replaceAll("\\[[^]]*]", "");
      bases.put(
          type.group(1),
          Arrays.stream(parents.split(","))
              .map(parent -> parent.strip().replaceAll(".*\\.", ""))
              .toList());
    }
  }

  boolean hasClass(String name) {
    return members.containsKey(name);
  }

  /** The members of a class and of its bases here. */
  Set<String> of(String name) {
    Set<String> all = new HashSet<>(members.getOrDefault(name, Set.of()));
    bases.getOrDefault(name, List.of()).forEach(parent -> all.addAll(of(parent)));
    return all;
  }
}
