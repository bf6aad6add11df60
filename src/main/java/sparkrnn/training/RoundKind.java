package sparkrnn.training;

/** What a round asks of the workers; its number crosses the exchange. */
enum RoundKind {
  /** The gradient of the shards of one batch: epoch, batch and scale count. */
  TRAIN,
  /** The gradient over all training sequences: scale counts. */
  FULL_GRADIENT,
  /** The loss over all training sequences. */
  TRAINING_LOSS,
  /** The loss over all validation sequences. */
  VALIDATION_LOSS;

  private static final RoundKind[] KINDS = values();

  static RoundKind of(int number) {
    return KINDS[number];
  }

  @SuppressWarnings("EnumOrdinal") // Driver and workers run the same build.
  int number() {
    return ordinal();
  }
}
