package sparkrnn.data;

import java.io.Serializable;

/**
 * The columns that a fit reads, as the user named them.
 *
 * @param owner the stage, for error messages: "RnnRegressor"
 * @param featuresCol array&lt;number&gt;, array&lt;array&lt;number&gt;&gt; or array&lt;vector&gt;
 * @param labelCol of a type that labels takes
 * @param weightCol a number; empty for weight 1 everywhere
 * @param validationIndicatorCol a boolean; empty for none
 * @param handleInvalid "error" or "skip"
 * @param labels how labels become what the network is trained on
 */
public record SequenceColumns(
    String owner,
    String featuresCol,
    String labelCol,
    String weightCol,
    String validationIndicatorCol,
    String handleInvalid,
    LabelCoding labels)
    implements Serializable {}
