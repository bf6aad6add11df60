package sparkrnn.python;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How classes of Python are made, with the defaults of their params.
 *
 * @param param of a name
 */
record PythonConstructor(Function<String, PythonParam> param) {

  private String defaults(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String values =
        names.stream()
            .map(param)
            .map(each -> "            " + each.name() + "=" + each.defaultValue() + ",\n")
            .collect(Collectors.joining());
    return "        self._setDefault(\n" + values + "        )\n";
  }

  /** Of a mixin; nothing where it gives no default. */
  String ofMixin(List<String> defaults) {
    return defaults.isEmpty()
        ? ""
        : "\n    def __init__(self, *args: Any) -> None:\n        super().__init__(*args)\n"
            + defaults(defaults);
  }

  /** Of a model, around an object of Java. */
  String ofModel(List<String> defaults) {
    return "\n    def __init__(self, java_model: Optional[Any] = None) -> None:\n"
        + "        super().__init__(java_model)\n"
        + defaults(defaults);
  }

  /** Of a stage that people make, with a keyword for each param, and setParams. */
  String ofStage(String javaName, List<String> params, List<String> defaults) {
    String keywords =
        params.stream()
            .map(name -> "        " + param.apply(name).keyword() + ",\n")
            .collect(Collectors.joining());
    return "\n    _input_kwargs: Dict[str, Any]\n"
        + "\n    @keyword_only\n    def __init__(\n        self,\n        *,\n"
        + keywords
        + "    ) -> None:\n        super().__init__()\n        self._java_obj = _converters.java_stage(\""
        + javaName
        + "\", self.uid)\n"
        + defaults(defaults)
        + "        self.setParams(**self._input_kwargs)\n"
        + "\n    @keyword_only\n    def setParams(\n        self,\n        *,\n"
        + keywords
        + "    ) -> \""
        + javaName.replaceAll(".*\\.", "")
        + "\":\n"
        + """
                \"""Sets params by keyword; None leaves a param as it is.\"""
                return _converters.set_given(self, self._input_kwargs)
        """;
  }

  /** What an estimator makes of the object that a fit of Java returns. */
  static String makingModels(String model) {
    return "\n    def _create_model(self, java_model: Any) -> \""
        + model
        + "\":\n        return "
        + model
        + "(java_model)\n";
  }
}
