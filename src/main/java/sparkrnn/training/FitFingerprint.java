package sparkrnn.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A name for a fit that is the same exactly where its steps are the same: made of the network, the
 * settings that change a result, and the data, of which the loss of the initial parameters stands
 * in for every value. How many epochs are run, and on which cluster, is left out.
 */
final class FitFingerprint {

  private static final int NAME_BYTES = 8;

  private FitFingerprint() {}

  static String of(FitEnvironment fit, double initialLoss) {
    TrainingSettings settings = fit.settings();
    String text =
        String.join(
                "\n",
                fit.network().spec().toString(),
                String.valueOf(settings.batchSize()),
                String.valueOf(fit.plan().shards()),
                String.valueOf(settings.seed()),
                settings.optimizer().toString(),
                settings.learningRate().toString(),
                settings.clipping() + " " + settings.clipThreshold(),
                settings.regularization().toString(),
                settings.start().frozen().toString(),
                String.valueOf(Arrays.hashCode(settings.start().parameters())),
                settings.patience() + " " + settings.minDelta(),
                fit.plan().sequences() + " " + fit.validationSequences(),
                fit.plan().examples() + " " + fit.plan().segmentLength(),
                fit.weights().toString(),
                String.valueOf(initialLoss))
            + (settings.segmentation().cuts() ? "\n" + settings.segmentation() : "");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
