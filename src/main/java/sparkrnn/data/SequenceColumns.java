package sparkrnn.data;

import java.io.Serializable;

/**
 * The columns that a fit reads, as the user named them.
 *
 * @param owner the stage, for error messages: "RnnRegressor"
 * @param features each array&lt;number&gt;, array&lt;array&lt;number&gt;&gt; or array&lt;vector&gt;
 * @param labelCol of a type that labels takes
 * @param weightCol a number, or one for each time step in an array where labels are of time steps;
 *     empty for weight 1 everywhere
 * @param validationIndicatorCol a boolean; empty for none
 * @param handleInvalid "error" or "skip"
 * @param labels how labels become what the network is trained on
 */
public record SequenceColumns(
    String owner,
    FeatureColumns features,
    String labelCol,
    String weightCol,
    String validationIndicatorCol,
    String handleInvalid,
    LabelCoding labels)
    implements Serializable {}
