package sparkrnn.data;

import java.io.Serializable;

/**
 * The columns that a fit reads, as the user named them.
 *
 * @param owner the stage, for error messages: "RnnRegressor"
 * @param featuresCol array&lt;number&gt;, array&lt;array&lt;number&gt;&gt; or array&lt;vector&gt;
 * @param labelCol a number, array&lt;number&gt; or vector
 * @param weightCol a number; empty for weight 1 everywhere
 * @param validationIndicatorCol a boolean; empty for none
 * @param handleInvalid "error" or "skip"
 */
public record SequenceColumns(
    String owner,
    String featuresCol,
    String labelCol,
    String weightCol,
    String validationIndicatorCol,
    String handleInvalid)
    implements Serializable {}
