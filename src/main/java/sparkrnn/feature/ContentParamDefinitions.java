package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link ContentParams} of one stage. */
public final class ContentParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> handleInvalid;

  /**
   * @param content what inputCol holds, with its type
   * @param unusable which rows handleInvalid is about, as "a row whose ..."
   */
  ContentParamDefinitions(Params stage, String content, String unusable) {
    ParamFactory params = new ParamFactory(stage);
    inputCol = params.text("inputCol", "column of " + content + "; required", Check.columnName());
    outputCol =
        params.text(
            "outputCol",
            "column that transform adds: array<array<float>> of (time steps, features)",
            Check.columnName());
    handleInvalid =
        params.text(
            "handleInvalid",
            "what to do with "
                + unusable
                + ": error stops and names the row, skip leaves it out, keep takes it, with null in"
                + " outputCol",
            Check.oneOf("error", "skip", "keep"));
    stage.setDefault(outputCol, "features");
    stage.setDefault(handleInvalid, "error");
  }
}
