package sparkrnn.tensorboard;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingListener;

/**
 * Writes the scalars of each epoch of a fit for TensorBoard, in the layout and by the tags of
 * Keras' callback: "epoch_loss" and "epoch_learning_rate" under "train", "epoch_loss" under
 * "validation", so that both losses share a chart; besides these "epoch_gradient_norm", the same
 * with a slash and the name of a layer, and "epoch_sequences_per_second". The step is the epoch,
 * from 1; values are float32.
 *
 * <p>Each logger makes a directory of its own in the one that it is given, so that fits, also those
 * of a grid that run at the same time, are runs side by side. A file system that can't show a file
 * that is being written, as object stores, shows it when it is closed.
 *
 * <p>A file that can't be written to any more does not end a fit of hours: a notice says why, and
 * nothing more is written.
 */
public final class TensorBoardLogger implements TrainingListener, AutoCloseable {

  private static final double MILLIS = 1e3;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Configuration hadoop;
  private final Consumer<String> notices;
  private final EventFile train;
  private EventFile validation;
  private boolean failed;

  /**
   * Makes the directory of a run, and its first file.
   *
   * @param parent on any Hadoop file system; made if it is not there
   * @param name what the name of the run begins with; time and a random number follow
   * @param notices is told if nothing more can be written
   * @throws IllegalArgumentException if it can't be written to
   */
  public TensorBoardLogger(
      String parent, String name, Configuration hadoop, Consumer<String> notices) {
    this.hadoop = hadoop;
    this.notices = notices;
    try {
      directory = new Path(parent, name + "-" + TIME.format(Instant.now()) + "-" + drawn());
      train = open("train");
    } catch (IOException | IllegalArgumentException unwritable) {
      throw new IllegalArgumentException(
          "tensorBoardDir is \""
              + parent
              + "\" and can't be written to: "
              + unwritable.getMessage()
              + ". Give another directory, or leave it empty.",
          unwritable);
    }
  }

  /** Fits of a grid may begin in the same second. */
  private static String drawn() {
    return UUID.randomUUID().toString().substring(0, 4);
  }

  private EventFile open(String part) throws IOException {
    return new EventFile(new Path(directory, part), hadoop, now());
  }

  private static double now() {
    return System.currentTimeMillis() / MILLIS;
  }

  @Override
  public synchronized void epochMeasured(EpochMeasures measures) {
    if (failed) {
      return;
    }
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("epoch_loss", measures.loss());
    scalars.put("epoch_learning_rate", measures.learningRate());
    scalars.put("epoch_gradient_norm", measures.gradientNorm());
    measures
        .layerGradientNorms()
        .forEach((layer, norm) -> scalars.put("epoch_gradient_norm/" + layer, norm));
    scalars.put("epoch_sequences_per_second", measures.sequencesPerSecond());
    scalars.values().removeIf(value -> Double.isNaN(value));
    try {
      train.append(EventEncoder.scalars(now(), measures.epoch(), scalars));
      if (!Double.isNaN(measures.validationLoss())) {
        validate(measures);
      }
    } catch (IOException unwritable) {
      fail(unwritable);
    }
  }

  private void validate(EpochMeasures measures) throws IOException {
    if (validation == null) {
      validation = open("validation");
    }
    Map<String, Double> loss = Map.of("epoch_loss", measures.validationLoss());
    validation.append(EventEncoder.scalars(now(), measures.epoch(), loss));
  }

  private void fail(IOException reason) {
    failed = true;
    notices.accept(
        "Nothing more is written for TensorBoard to "
            + directory
            + ": "
            + reason.getMessage()
            + ". The fit goes on.");
  }

  /** Ends the files, also where the fit failed. */
  @Override
  public synchronized void close() {
    try (train;
        EventFile closed = validation) {
      validation = null;
    } catch (IOException unwritable) {
      fail(unwritable);
    }
  }
}
