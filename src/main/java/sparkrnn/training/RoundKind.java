package sparkrnn.training;

import java.util.Locale;
import sparkrnn.exchange.Round;

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

  /** Where in the fit a round is, in the words and numbers of the progress that users see. */
  static String place(Round round) {
    return switch (of(round.kind)) {
      case TRAIN, APPLY ->
          String.format(Locale.ROOT, "step %d of epoch %d", round.batch + 1, round.epoch + 1);
      case FULL_GRADIENT -> "the gradient over all training sequences";
      case TRAINING_LOSS -> "the loss over all training sequences";
      case VALIDATION_LOSS -> "the loss over all validation sequences";
      case LOAD -> "bringing new workers the state";
      case STORE -> "taking the state from the workers";
    };
  }

  @SuppressWarnings("EnumOrdinal") // Driver and workers run the same build.
  int number() {
    return ordinal();
  }
}
