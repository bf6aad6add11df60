package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How much of the gradient of the loss reaches the time steps of sequences, in each recurrent cell
 * of a network.
 *
 * @param sequences how many were looked at
 * @param cells the lowest layer first; of a bidirectional one two
 */
public record RnnGradientFlow(long sequences, List<RnnGradientFlow.Cell> cells) {

  private static final StructType SCHEMA =
      new StructType()
          .add("cell", DataTypes.StringType, false)
          .add("stepsBack", DataTypes.IntegerType, false)
          .add("norm", DataTypes.DoubleType, false)
          .add("sequences", DataTypes.LongType, false);

  /** What becomes of gradients on their way back in time. */
  public enum State {
    /** They reach the far end of the sequences, neither much smaller nor much larger. */
    FLOWS,
    /** Less than a thousandth of them does; only where the head sees the last time step alone. */
    VANISHES,
    /** They grow to more than a hundred times their size, or are not finite. */
    EXPLODES
  }

  /**
   * The gradient in one cell.
   *
   * @param name what the names of its weights begin with: "lstm_0"
   * @param state what becomes of the gradient, as far back as a tenth of the sequences go
   * @param norms the mean over the sequences of the Euclidean norm of the gradient of a sequence's
   *     loss by h(t), by how many time steps t lies before the last one that the cell reads, from
   *     0; what comes back through later time steps is part of it
   * @param counts how many sequences have so many time steps
   * @param finding the state in a sentence, and what to change
   */
  public record Cell(
      String name, State state, List<Double> norms, List<Long> counts, String finding) {

    /** Copies the lists. */
    public Cell {
      norms = List.copyOf(norms);
      counts = List.copyOf(counts);
    }
  }

  /** Copies the list. */
  public RnnGradientFlow {
    cells = List.copyOf(cells);
  }

  /** The findings of all cells. */
  public List<String> findings() {
    return cells.stream().map(Cell::finding).toList();
  }

  /** A row for each cell and time step: cell, stepsBack, norm, sequences. */
  public Dataset<Row> toDataset(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (Cell cell : cells) {
      for (int d = 0; d < cell.norms().size(); d++) {
        rows.add(RowFactory.create(cell.name(), d, cell.norms().get(d), cell.counts().get(d)));
      }
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** The findings, a line each. */
  @Override
  public String toString() {
    return findings().stream().collect(Collectors.joining("\n"));
  }
}
