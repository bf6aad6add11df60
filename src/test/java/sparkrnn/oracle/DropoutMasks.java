package sparkrnn.oracle;

import java.util.Arrays;

/**
 * The dropout of one direction of a layer in one sequence.
 *
 * @param input (F), what every x(t) is multiplied by
 * @param recurrent (gates, H), what every h(t-1) is multiplied by for each gate
 * @param kernel (H, gates * H), what U is multiplied by
 * @param zoneout drawn for the sequence, or null for its expectation
 */
public record DropoutMasks(
    double[] input, double[][] recurrent, double[][] kernel, CellOracle.Zoneout zoneout) {

  /** No dropout. */
  public static DropoutMasks ones(int inputs, int gates, int units) {
    double[] input = new double[inputs];
    double[][] recurrent = new double[gates][units];
    Arrays.fill(input, 1);
    for (double[] mask : recurrent) {
      Arrays.fill(mask, 1);
    }
    double[][] kernel = new double[units][gates * units];
    for (double[] row : kernel) {
      Arrays.fill(row, 1);
    }
    return new DropoutMasks(input, recurrent, kernel, null);
  }

  /** The same with a zoneout that was drawn. */
  public DropoutMasks withZoneout(CellOracle.Zoneout drawn) {
    return new DropoutMasks(input, recurrent, kernel, drawn);
  }

  CellWeights appliedTo(CellWeights weights) {
    double[][] U = new double[weights.U().length][];
    for (int r = 0; r < U.length; r++) {
      U[r] = weights.U()[r].clone();
    }
    multiplyByKernelMask(U);
    return new CellWeights(weights.W(), U, weights.b(), weights.norms());
  }

  void multiplyByKernelMask(double[][] U) {
    for (int r = 0; r < U.length; r++) {
      for (int c = 0; c < U[r].length; c++) {
        U[r][c] *= kernel[r][c];
      }
    }
  }

  double[][] appliedTo(double[][] rows) {
    double[][] result = new double[rows.length][input.length];
    for (int t = 0; t < rows.length; t++) {
      for (int j = 0; j < input.length; j++) {
        result[t][j] = input[j] * rows[t][j];
      }
    }
    return result;
  }
}
