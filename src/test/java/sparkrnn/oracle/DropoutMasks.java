package sparkrnn.oracle;

import java.util.Arrays;

/**
 * The dropout of one direction of a layer in one sequence.
 *
 * @param input (F), what every x(t) is multiplied by
 * @param recurrent (gates, H), what every h(t-1) is multiplied by for each gate
 */
public record DropoutMasks(double[] input, double[][] recurrent) {

  /** No dropout. */
  public static DropoutMasks ones(int inputs, int gates, int units) {
    double[] input = new double[inputs];
    double[][] recurrent = new double[gates][units];
    Arrays.fill(input, 1);
    for (double[] mask : recurrent) {
      Arrays.fill(mask, 1);
    }
    return new DropoutMasks(input, recurrent);
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
