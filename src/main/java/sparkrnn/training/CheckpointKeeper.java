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
 * <p>They lie in checkpointDir, in a directory named by the {@link FitFingerprint}, so that fits
 * never take each other's; the last two are kept, and none after a fit that came to its end.
 * Storage that fails costs a checkpoint and a notice, not the fit.
 */
final class CheckpointKeeper {

  private static final String FIT = "fit-";
  private static final String PREFIX = "step-";
  private static final String SUFFIX = ".safetensors";
  private static final int KEPT = 2;

  private final FitEnvironment fit;
  private final Optimizer optimizer;
  private final EarlyStopping stopping;
  private final Configuration conf;
  private final Path directory;
  private String newest = "";

  private CheckpointKeeper(
      FitEnvironment fit,
      Optimizer optimizer,
      EarlyStopping stopping,
      Configuration conf,
      Path directory) {
    this.fit = fit;
    this.optimizer = optimizer;
    this.stopping = stopping;
    this.conf = conf;
    this.directory = directory;
  }

  /** The keeper of a fit whose initial parameters have this loss. */
  static CheckpointKeeper of(
      FitEnvironment fit,
      Optimizer optimizer,
      EarlyStopping stopping,
      Configuration conf,
      double initialLoss) {
    String root = fit.settings().checkpointDir();
    Path directory =
        root.isEmpty() ? null : new Path(root, FIT + FitFingerprint.of(fit, initialLoss));
    return new CheckpointKeeper(fit, optimizer, stopping, conf, directory);
  }

  private FileSystem files() throws IOException {
    return directory.getFileSystem(conf);
  }

  /**
   * Goes on from the newest readable checkpoint, if there is one.
   *
   * @throws IllegalArgumentException if checkpointDir can't be written to: better now than after
   *     the first epochs
   */
  void restore(TrainingProgress progress) {
    if (directory == null) {
      return;
    }
    try {
      files().mkdirs(directory);
      List<Path> present = newestFirst();
      for (Path path : present) {
        if (restore(path, progress)) {
          return;
        }
      }
      noticeFreshStart(present);
    } catch (IOException unusable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checkpointDir \"%s\" can't be written to: %s. Set it to a directory that exists or can be made.",
              fit.settings().checkpointDir(),
              unusable.getMessage()),
          unusable);
    }
  }

  private boolean restore(Path path, TrainingProgress progress) throws IOException {
    try {
      CheckpointFile.read(
          files(),
          path,
          fit.settings().maxIter(),
          progress,
          fit.workforce().round(),
          optimizer,
          stopping);
    } catch (IOException unreadable) {
      notice(
          String.format(
              Locale.ROOT, "The checkpoint %s can't be used: %s.", path, unreadable.getMessage()));
      return false;
    }
    remember(path, progress);
    notice(
        String.format(
            Locale.ROOT,
            "The fit goes on from the checkpoint at %s (epoch %d, step %d).",
            path,
            epochOf(progress),
            progress.steps));
    return true;
  }

  /** The epoch, from 1, that the last training step was in. */
  private static int epochOf(TrainingProgress progress) {
    return progress.epoch + (progress.batch > 0 ? 1 : 0);
  }

  /** A person who hoped to go on must hear that, and why, the fit begins anew. */
  private void noticeFreshStart(List<Path> unusable) throws IOException {
    long others =
        Arrays.stream(files().listStatus(directory.getParent()))
            .filter(file -> file.isDirectory() && file.getPath().getName().startsWith(FIT))
            .filter(file -> !file.getPath().getName().equals(directory.getName()))
            .count();
    if (!unusable.isEmpty()) {
      notice("No checkpoint of this fit can be used; it begins anew.");
    } else if (others > 0) {
      notice(
          String.format(
              Locale.ROOT,
              "checkpointDir holds checkpoints of %d other fit(s), with other params or data; this"
                  + " fit begins anew.",
              others));
    }
  }

  private List<Path> newestFirst() throws IOException {
    return Arrays.stream(files().listStatus(directory))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith(PREFIX) && path.getName().endsWith(SUFFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  /** Writes a checkpoint where checkpointInterval says so. */
  void epochEnded(TrainingProgress progress) {
    int interval = fit.settings().checkpointInterval();
    if (directory != null && interval > 0 && progress.epoch % interval == 0) {
      write(progress);
    }
  }

  private Optional<IOException> write(TrainingProgress progress) {
    Path path = new Path(directory, fileName(progress.steps));
    try {
      CheckpointFile.write(files(), path, progress, fit.workforce().round(), optimizer, stopping);
      remember(path, progress);
      List<Path> present =
          newestFirst().stream()
              .filter(file -> file.getName().compareTo(path.getName()) <= 0)
              .toList();
      for (Path old : present.subList(Math.min(KEPT, present.size()), present.size())) {
        files().delete(old, false);
      }
      return Optional.empty();
    } catch (IOException failed) {
      notice(
          String.format(
              Locale.ROOT,
              "The checkpoint %s could not be written: %s. The fit goes on.",
              path,
              failed.getMessage()));
      return Optional.of(failed);
    }
  }

  private void remember(Path path, TrainingProgress progress) {
    newest =
        String.format(
            Locale.ROOT,
            "The checkpoint of step %d (epoch %d) is at %s; the same fit goes on from it.",
            progress.steps,
            epochOf(progress),
            path);
    fit.divergence().checkpointed(newest);
  }

  /**
   * Writes a checkpoint between two training steps and ends the fit.
   *
   * @throws InterruptedFitException always, with the sentence about the checkpoint
   */
  void interrupted(TrainingProgress progress, double secondsInEpoch) {
    String sentence = "No checkpoint was written, because checkpointDir is not set.";
    if (directory != null) {
      progress.epochSecondsBefore = secondsInEpoch;
      sentence =
          write(progress)
              .map(failed -> "The last checkpoint could not be written. " + newest)
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
  void fitEnded(TrainingProgress progress) {
    if (directory == null) {
      return;
    }
    try {
      for (Path path : newestFirst()) {
        if (path.getName().compareTo(fileName(progress.steps)) <= 0) {
          files().delete(path, false);
        }
      }
      if (files().listStatus(directory).length == 0) {
        files().delete(directory, false);
      }
    } catch (IOException failed) {
      notice(
          String.format(
              Locale.ROOT,
              "The checkpoints in %s could not be removed: %s.",
              directory,
              failed.getMessage()));
    }
  }

  private static String fileName(long steps) {
    return String.format(Locale.ROOT, "%s%012d%s", PREFIX, steps, SUFFIX);
  }

  private void notice(String sentence) {
    fit.listeners().forEach(listener -> listener.notice(sentence));
  }
}
