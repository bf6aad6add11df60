package sparkrnn.ml;

/** What the columns of label and prediction hold, for the docs of their params. */
record LabelWords(String labelCol, String predictionCol) {

  static final LabelWords REGRESSION =
      new LabelWords(
          "column of what to predict: a number for one output, array<number> or vector for several",
          "column that transform adds: double where labels are numbers, array<double> where they "
              + "are arrays or vectors");

  static final LabelWords CLASSES =
      new LabelWords(
          "column of the class: a text or a whole number; or array<number> or vector of 0 and 1, "
              + "one for each label that may hold",
          "column that transform adds: double, the number that is the label, or where labels are "
              + "texts the place of the label in labels from 0; array<double> of 0 and 1 where they "
              + "are arrays or vectors");

  static final LabelWords FORECASTS =
      new LabelWords(
          "not of a forecaster, which takes targetCols",
          "ending of the columns that transform adds for each target: double, after the name of the "
              + "target and an underscore");
}
