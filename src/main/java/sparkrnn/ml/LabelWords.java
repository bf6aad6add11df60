package sparkrnn.ml;

/** What the columns of label and prediction hold, for the docs of their params. */
record LabelWords(String labelCol, String predictionCol) {

  static final LabelWords REGRESSION =
      new LabelWords(
          "column of what to predict: a number for one output, array<number> or vector for several",
          "column that transform adds: double where labels are numbers, array<double> where they "
              + "are arrays or vectors");

  static final LabelWords LANGUAGE =
      new LabelWords(
          "not read by a language model, whose labels are the tokens that follow",
          "not added by a language model, which adds natsCol");

  static final LabelWords CLASSES =
      new LabelWords(
          "column of the class: a text or a whole number; or array<number> or vector of 0 and 1, "
              + "one for each label that may hold",
          "column that transform adds: double, the number that is the label, or where labels are "
              + "texts the place of the label in labels from 0; array<double> of 0 and 1 where they "
              + "are arrays or vectors");
}
