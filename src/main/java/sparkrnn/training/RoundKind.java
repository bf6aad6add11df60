package sparkrnn.training;

/** What a round asks of the workers; its number crosses the exchange. */
enum RoundKind {
  /**
   * The gradient of the shards of one batch: epoch, batch and scale count. Workers that own slices
   * make the step too, unless it has to wait for norms.
   */
  TRAIN,
  /** The gradient over all training sequences: scale counts. */
  FULL_GRADIENT,
  /** The loss over all training sequences. */
  TRAINING_LOSS,
  /** The loss over all validation sequences. */
  VALIDATION_LOSS,
  /** Of workers that own slices: the step for which the norms of TRAIN were waited for. */
  APPLY,
  /** The same: take over the state of the part, then hand the parameters to each other. */
  LOAD,
  /** The same: answer with the state. */
  STORE;

  private static final RoundKind[] KINDS = values();

  static RoundKind of(int number) {
    return KINDS[number];
  }

  @SuppressWarnings("EnumOrdinal") // Driver and workers run the same build.
  int number() {
    return ordinal();
  }
}
