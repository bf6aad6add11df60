package sparkrnn.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import sparkrnn.optim.Optimizer;

/**
 * Writes the checkpoints of one fit, finds the newest one when the fit is begun again, and says
 * what there is.
 *
 * <p>They lie in checkpointDir, in a {@link FitDirectory} of this fit alone, so that fits never
 * take each other's; the last few are kept, and none after a fit that came to its end. Storage that
 * fails costs a checkpoint and a notice, not the fit.
 */
final class CheckpointKeeper {

  private static final String PREFIX = "step-";
  private static final String SUFFIX = ".safetensors";

  private final FitEnvironment fit;
  private final TrainingProgress progress;
  private final Checkpoint checkpoint;
  private final Configuration conf;
  private final FitDirectory directory;
  private String newest = "";
  private long lastWritten = System.nanoTime();

  private CheckpointKeeper(
      FitEnvironment fit,
      TrainingProgress progress,
      Checkpoint checkpoint,
      Configuration conf,
      FitDirectory directory) {
    this.fit = fit;
    this.progress = progress;
    this.checkpoint = checkpoint;
    this.conf = conf;
    this.directory = directory;
  }

  /** The keeper of a fit whose progress begins with the loss of the initial parameters. */
  static CheckpointKeeper of(
      FitEnvironment fit,
      TrainingProgress progress,
      Optimizer optimizer,
      EarlyStopping stopping,
      Configuration conf) {
    CheckpointSettings settings = fit.settings().checkpoints();
    FitDirectory directory =
        settings.wanted()
            ? FitDirectory.of(
                settings.directory(), FitDescription.of(fit, progress.objectiveHistory.get(0)))
            : null;
    Checkpoint checkpoint = new Checkpoint(progress, fit.workforce().round(), optimizer, stopping);
    return new CheckpointKeeper(fit, progress, checkpoint, conf, directory);
  }

  private FileSystem files() throws IOException {
    return directory.path().getFileSystem(conf);
  }

  /**
   * Goes on from the newest readable checkpoint, if there is one.
   *
   * @throws IllegalArgumentException if checkpointDir can't be written to: better now than after
   *     the first epochs
   */
  void restore() {
    if (directory == null) {
      return;
    }
    try {
      directory.make(files());
      List<Path> present = newestFirst();
      for (Path path : present) {
        if (restore(path)) {
          return;
        }
      }
      noticeFreshStart(present);
    } catch (IOException unusable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checkpointDir \"%s\" can't be written to: %s. Set it to a directory that exists or can be made.",
              fit.settings().checkpoints().directory(),
              unusable.getMessage()),
          unusable);
    }
  }

  private boolean restore(Path path) throws IOException {
    try {
      CheckpointFile.read(files(), path, FitLength.of(fit), checkpoint);
    } catch (IOException unreadable) {
      notice(
          String.format(
              Locale.ROOT, "The checkpoint %s can't be used: %s.", path, reason(unreadable)));
      return false;
    }
    remember(path);
    notice(
        String.format(
            Locale.ROOT,
            "The fit goes on from the checkpoint at %s (epoch %d, step %d).",
            path,
            epoch(),
            progress.steps));
    return true;
  }

  /** As the end of a sentence, whose full stop is ours. */
  private static String reason(Exception failure) {
    String message =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** The epoch, from 1, that the last training step was in. */
  private int epoch() {
    return progress.epoch + (progress.batch > 0 ? 1 : 0);
  }

  /** A person who hoped to go on must hear that, and why, the fit begins anew. */
  private void noticeFreshStart(List<Path> unusable) throws IOException {
    if (!unusable.isEmpty()) {
      notice("No checkpoint of this fit can be used; it begins anew.");
    } else {
      directory.others(files()).ifPresent(sentence -> notice(sentence + " This fit begins anew."));
    }
  }

  private List<Path> newestFirst() throws IOException {
    return Arrays.stream(files().listStatus(directory.path()))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith(PREFIX) && path.getName().endsWith(SUFFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  /** Whether checkpointSteps or checkpointMinutes ask for a checkpoint after so many more steps. */
  boolean dueAfterSteps(int made) {
    return fit.settings()
        .checkpoints()
        .dueAfterSteps(progress.steps, made, System.nanoTime() - lastWritten);
  }

  /** Writes the checkpoint that is due after a step. */
  void stepEnded(double secondsInEpoch) {
    writeInEpoch(secondsInEpoch);
  }

  /** Writes a checkpoint where checkpointInterval says so. */
  void epochEnded() {
    if (fit.settings().checkpoints().dueAfterEpoch(progress.epoch)) {
      write();
    }
  }

  private Optional<Exception> writeInEpoch(double secondsInEpoch) {
    double before = progress.epochSecondsBefore;
    progress.epochSecondsBefore = secondsInEpoch;
    Optional<Exception> failure = write();
    progress.epochSecondsBefore = before;
    return failure;
  }

  /** Whatever a file system throws, and their makers throw anything, costs a checkpoint only. */
  private Optional<Exception> write() {
    Path path = new Path(directory.path(), fileName(progress.steps));
    lastWritten = System.nanoTime();
    try {
      CheckpointFile.write(files(), path, checkpoint);
    } catch (IOException | RuntimeException failed) {
      notice(
          String.format(
              Locale.ROOT,
              "The checkpoint %s could not be written: %s. The fit goes on.",
              path,
              reason(failed)));
      return Optional.of(failed);
    }
    remember(path);
    removeOld(path);
    return Optional.empty();
  }

  private void removeOld(Path newestPath) {
    try {
      List<Path> present =
          newestFirst().stream()
              .filter(file -> file.getName().compareTo(newestPath.getName()) <= 0)
              .toList();
      int kept = Math.min(fit.settings().checkpoints().kept(), present.size());
      for (Path old : present.subList(kept, present.size())) {
        files().delete(old, false);
      }
    } catch (IOException | RuntimeException failed) {
      noticeNotRemoved(failed);
    }
  }

  private void remember(Path path) {
    newest =
        String.format(
            Locale.ROOT,
            "The checkpoint of step %d (epoch %d) is at %s; the same fit goes on from it.",
            progress.steps,
            epoch(),
            path);
    fit.divergence().checkpointed(newest);
  }

  /**
   * Writes a checkpoint between two training steps and ends the fit.
   *
   * @throws InterruptedFitException always, with the sentence about the checkpoint
   */
  void interrupted(double secondsInEpoch) {
    String sentence = "No checkpoint was written, because checkpointDir is not set.";
    if (directory != null) {
      sentence =
          writeInEpoch(secondsInEpoch)
              .map(failed -> ("The last checkpoint could not be written. " + newest).strip())
              .orElse(newest);
    }
    fit.interruption().ended(sentence);
    throw new InterruptedFitException(
        String.format(
            Locale.ROOT, "The fit was stopped after step %d. %s", progress.steps, sentence));
  }

  /**
   * Removes the checkpoints of a fit that has come to its end; those of a longer fit, beyond its
   * last step, stay.
   */
  void fitEnded() {
    if (directory == null) {
      return;
    }
    try {
      for (Path path : newestFirst()) {
        if (path.getName().compareTo(fileName(progress.steps)) <= 0) {
          files().delete(path, false);
        }
      }
      if (newestFirst().isEmpty()) {
        directory.remove(files());
      }
    } catch (IOException | RuntimeException failed) {
      noticeNotRemoved(failed);
    }
  }

  private void noticeNotRemoved(Exception failed) {
    notice(
        String.format(
            Locale.ROOT,
            "Checkpoints in %s could not be removed: %s.",
            directory.path(),
            reason(failed)));
  }

  private static String fileName(long steps) {
    return String.format(Locale.ROOT, "%s%012d%s", PREFIX, steps, SUFFIX);
  }

  private void notice(String sentence) {
    fit.listeners().forEach(listener -> listener.notice(sentence));
  }
}
