package sparkrnn.ml;

/** What the columns of label and prediction hold, for the docs of their params. */
record LabelWords(String labelCol, String predictionCol, String weightCol, String featuresCol) {

  private static final String SEQUENCES =
      "column of the sequences: array<number> (one feature per time step), or "
          + "array<array<number>> or array<vector> (time steps by features); lengths may differ "
          + "from row to row";

  private static final String ROW_WEIGHT =
      "column of the weight of each row in the loss, a number of at least 0; unset or empty: every "
          + "row weighs 1";

  private LabelWords(String labelCol, String predictionCol, String weightCol) {
    this(labelCol, predictionCol, weightCol, SEQUENCES);
  }

  static final LabelWords REGRESSION =
      new LabelWords(
          "column of what to predict: a number for one output, array<number> or vector for several",
          "column that transform adds: double where labels are numbers, array<double> where they "
              + "are arrays or vectors",
          ROW_WEIGHT);

  static final LabelWords LANGUAGE =
      new LabelWords(
          "not read by a language model, whose labels are the tokens that follow",
          "not added by a language model, which adds natsCol",
          "not read by a language model, whose tokens all weigh the same",
          "column of the streams of tokens: string (its characters), array<string> (words) or "
              + "array<int> (ids from 0); lengths may differ from row to row");

  static final LabelWords CLASSES =
      new LabelWords(
          "column of the class: a text or a whole number; or array<number> or vector of 0 and 1, "
              + "one for each label that may hold",
          "column that transform adds: double, the number that is the label, or where labels are "
              + "texts the place of the label in labels from 0; array<double> of 0 and 1 where they "
              + "are arrays or vectors",
          ROW_WEIGHT);

  static final LabelWords TAGS =
      new LabelWords(
          "column of the labels of the time steps: array<string> or array<number>, an element for "
              + "each time step; null where one has no label, which is then not trained on",
          "column that transform adds: array<double> with an element for each time step, the number "
              + "that is the label, or where labels are texts the place of the label in labels from "
              + "0",
          "column of the weights in the loss: a number of at least 0, which every time step of the "
              + "row weighs, or array<number> with one for each time step (not with crf); unset or "
              + "empty: every time step weighs 1");

  static final LabelWords FORECASTS =
      new LabelWords(
          "not of a forecaster, which takes targetCols",
          "ending of the columns that transform adds for each target: double, after the name of the "
              + "target and an underscore",
          ROW_WEIGHT);
}
