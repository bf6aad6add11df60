package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import sparkrnn.tensorboard.TensorBoardLogger;
import sparkrnn.training.TrainingListener;

/**
 * Who hears of one fit: the listeners of the estimator and what its params ask for.
 *
 * @param listeners all of them
 * @param board that of tensorBoardDir; null for none
 */
record WatchedFit(List<TrainingListener> listeners, TensorBoardLogger board)
    implements AutoCloseable {

  /**
   * Makes what listens to one fit only.
   *
   * @throws IllegalArgumentException if tensorBoardDir can't be written to
   */
  static WatchedFit of(RnnParams stage, List<TrainingListener> listeners, SparkSession session) {
    if (stage.getTensorBoardDir().isEmpty()) {
      return new WatchedFit(listeners, null);
    }
    TensorBoardLogger board =
        new TensorBoardLogger(
            stage.getTensorBoardDir(),
            stage.uid(),
            session.sparkContext().hadoopConfiguration(),
            sentence -> listeners.forEach(listener -> listener.notice(sentence)));
    List<TrainingListener> longer = new ArrayList<>(listeners);
    longer.add(board);
    return new WatchedFit(longer, board);
  }

  @Override
  public void close() {
    if (board != null) {
      board.close();
    }
  }
}
