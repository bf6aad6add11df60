package sparkrnn.contract;

import java.util.Arrays;
import java.util.Random;

/** Arrays of numbers for tests. */
public final class Floats {

  private Floats() {}

  /** Normal numbers of mean 0: no two alike, no sign or order that a mistake could hide behind. */
  public static float[] normals(Random random, int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  /** All NaN: what must be overwritten may hold none of it afterwards. */
  public static float[] nans(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  public static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** a + factor b, a new array. */
  public static double[] sum(double[] a, double factor, double[] b) {
    double[] result = a.clone();
    for (int i = 0; i < a.length; i++) {
      result[i] += factor * b[i];
    }
    return result;
  }
}
