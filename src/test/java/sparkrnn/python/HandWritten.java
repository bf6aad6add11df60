package sparkrnn.python;

import java.util.regex.Pattern;

/**
 * The module of what a generator can't know, the methods of stages that are no params.
 *
 * @param module its name; its classes of methods are the first bases of the stages
 * @param text of the module
 */
record HandWritten(String module, String text) {

  static final HandWritten NOTHING = new HandWritten("", "");

  /** The class with the methods of a stage; null without one. */
  String baseOf(Class<?> type) {
    String name = type.getSimpleName() + "Methods";
    boolean there =
        Pattern.compile("^class " + name + "\\b", Pattern.MULTILINE).matcher(text).find();
    return there ? module + "." + name : null;
  }
}
