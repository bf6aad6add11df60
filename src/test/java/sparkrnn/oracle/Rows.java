package sparkrnn.oracle;

import java.util.Arrays;

/** Row vectors times matrices in double precision, as plainly as can be. */
final class Rows {

  private Rows() {}

  /** v M. */
  static double[] product(double[] v, double[][] matrix) {
    double[] result = new double[matrix[0].length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += v[i] * matrix[i][j];
      }
    }
    return result;
  }

  /** v M'. */
  static double[] productTransposed(double[] v, double[][] matrix) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < v.length; j++) {
        result[i] += v[j] * matrix[i][j];
      }
    }
    return result;
  }

  /** v M, where each block of v's length of columns of M has a mask that v is multiplied by. */
  static double[] product(double[] v, double[][] masks, double[][] matrix) {
    double[] result = new double[matrix[0].length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += masks[j / v.length][i] * v[i] * matrix[i][j];
      }
    }
    return result;
  }

  /** The gradient by v of the masked {@link #product(double[], double[][], double[][])}. */
  static double[] productTransposed(double[] dResult, double[][] masks, double[][] matrix) {
    double[] dv = new double[matrix.length];
    for (int i = 0; i < dv.length; i++) {
      for (int j = 0; j < dResult.length; j++) {
        dv[i] += masks[j / dv.length][i] * dResult[j] * matrix[i][j];
      }
    }
    return dv;
  }

  /** Adds the gradient by the matrix of the masked product. */
  static void addOuterProduct(double[] v, double[][] masks, double[] dResult, double[][] matrix) {
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < dResult.length; j++) {
        matrix[i][j] += masks[j / v.length][i] * v[i] * dResult[j];
      }
    }
  }

  /** Adds u' v to the matrix. */
  static void addOuterProduct(double[] u, double[] v, double[][] matrix) {
    for (int i = 0; i < u.length; i++) {
      add(v, u[i], matrix[i]);
    }
  }

  /** Adds v to the sum. */
  static void add(double[] v, double[] sum) {
    add(v, 1, sum);
  }

  private static void add(double[] v, double factor, double[] sum) {
    for (int j = 0; j < v.length; j++) {
      sum[j] += factor * v[j];
    }
  }

  /** u + v, a new row. */
  static double[] sum(double[] u, double[] v) {
    double[] result = u.clone();
    add(v, result);
    return result;
  }

  /** [ u | v ], a new row. */
  static double[] joined(double[] u, double[] v) {
    double[] result = Arrays.copyOf(u, u.length + v.length);
    System.arraycopy(v, 0, result, u.length, v.length);
    return result;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
