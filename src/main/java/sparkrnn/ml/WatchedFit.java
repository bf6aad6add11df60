package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.report.LivePage;
import sparkrnn.tensorboard.TensorBoardLogger;
import sparkrnn.training.TrainingListener;

/**
 * Who hears of one fit: the listeners of the estimator and what its params ask for.
 *
 * @param listeners all of them
 * @param board that of tensorBoardDir; null for none
 * @param page that of reportPath; null for none
 */
record WatchedFit(List<TrainingListener> listeners, TensorBoardLogger board, LivePage page)
    implements AutoCloseable {

  /**
   * Makes what listens to one fit only.
   *
   * @throws IllegalArgumentException if tensorBoardDir or reportPath can't be written to
   */
  static WatchedFit of(RnnParams stage, List<TrainingListener> listeners, SparkSession session) {
    TensorBoardLogger board =
        stage.getTensorBoardDir().isEmpty() ? null : board(stage, listeners, session);
    try {
      LivePage page =
          stage.getReportPath().isEmpty() ? null : FitReport.live(stage, listeners, session);
      List<TrainingListener> all = new ArrayList<>(listeners);
      Stream.of(board, page).filter(Objects::nonNull).forEach(all::add);
      return new WatchedFit(all, board, page);
    } catch (IllegalArgumentException refused) {
      if (board != null) {
        board.close();
      }
      throw refused;
    }
  }

  private static TensorBoardLogger board(
      RnnParams stage, List<TrainingListener> listeners, SparkSession session) {
    return new TensorBoardLogger(
        stage.getTensorBoardDir(),
        stage.uid(),
        session.sparkContext().hadoopConfiguration(),
        sentence -> listeners.forEach(listener -> listener.notice(sentence)));
  }

  /** What is trained is known, and is on the page from now on. */
  void trains(NetworkSpec spec) {
    if (page != null) {
      page.setLayers(new Network(spec).describe());
    }
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
    if (board != null) {
      board.close();
    }
  }
}
