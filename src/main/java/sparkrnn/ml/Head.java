package sparkrnn.ml;

/**
 * What a stage puts on the recurrent layers, besides the number of outputs.
 *
 * @param loss by its name in the network's spec
 * @param huberDelta read only by the loss "huber"
 */
record Head(String loss, double huberDelta) {

  static Head ofLoss(String loss) {
    return new Head(loss, 1);
  }
}
