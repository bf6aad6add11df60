package sparkrnn.training;

/**
 * How long a fit is.
 *
 * @param maxIter epochs
 * @param batches of an epoch
 * @param validated whether epochs have a validation loss
 */
record FitLength(int maxIter, int batches, boolean validated) {

  static FitLength of(FitEnvironment fit) {
    return new FitLength(fit.settings().maxIter(), fit.plan().batches(), fit.hasValidation());
  }
}
