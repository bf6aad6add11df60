package sparkrnn.layer;

import java.util.Arrays;
import java.util.Locale;
import sparkrnn.parameter.ParameterLayout;

/**
 * Puts a learnt vector in the place of every feature that is an id; leaves the others as they are.
 *
 * <pre>
 *   e = [ E1[x(1)] | x(2) | E3[x(3)] | ... ]      dE[x(n)] += the columns of de(n) that are its own
 * </pre>
 *
 * <p>Shapes: N rows, F features, V ids and D numbers of one table.
 *
 * <pre>
 *   x (N, F)    e, de (N, outputs)    E (V, D)    in the flat parameter array, row-major
 * </pre>
 *
 * <p>The gradient of a row of a table is the sum over the rows that have its id, in their order.
 *
 * <p>Source: Keras' Embedding; several side by side are its Concatenate.
 */
public final class Embedding {

  private final int[] vocabularySizes;
  private final int[] sizes;
  private final int[] at;
  private final int outputs;

  /**
   * Appends a table "embedding_i/embeddings" (V, D), i from 0, for each feature that has one.
   *
   * @param vocabularySizes V of each feature; not read where it is no id
   * @param sizes D of each feature; 0 where it is no id
   */
  public Embedding(ParameterLayout.Builder layout, int[] vocabularySizes, int[] sizes) {
    this.vocabularySizes = vocabularySizes.clone();
    this.sizes = sizes.clone();
    this.at = new int[sizes.length];
    int tables = 0;
    int width = 0;
    for (int feature = 0; feature < sizes.length; feature++) {
      if (sizes[feature] > 0) {
        at[feature] = layout.add(tableName(tables++), vocabularySizes[feature], sizes[feature]);
      }
      width = Math.addExact(width, Math.max(1, sizes[feature]));
    }
    this.outputs = width;
  }

  /** The name of the table of the i-th id among the features. */
  public static String tableName(int i) {
    return "embedding_" + i + "/embeddings";
  }

  /** Where the table of a feature that is an id begins in the flat array. */
  public int tableAt(int feature) {
    return at[feature];
  }

  /** Columns of the output. */
  public int outputs() {
    return outputs;
  }

  /**
   * Overwrites {@code e} (rows, outputs).
   *
   * @param x (rows, F); ids are whole numbers of [0, V)
   * @throws IllegalArgumentException if an id is none of its table
   */
  public void forward(int rows, float[] x, float[] parameters, float[] e) {
    int features = sizes.length;
    int to = 0;
    for (int n = 0; n < rows; n++) {
      for (int feature = 0; feature < features; feature++) {
        float value = x[n * features + feature];
        int size = sizes[feature];
        if (size == 0) {
          e[to++] = value;
        } else {
          System.arraycopy(parameters, at[feature] + row(feature, value) * size, e, to, size);
          to += size;
        }
      }
    }
  }

  /** Adds the gradient of the tables to {@code gradient}; must follow {@link #forward} of x. */
  public void backward(int rows, float[] x, float[] de, float[] gradient) {
    int features = sizes.length;
    int from = 0;
    for (int n = 0; n < rows; n++) {
      for (int feature = 0; feature < features; feature++) {
        int size = sizes[feature];
        if (size == 0) {
          from++;
          continue;
        }
        int to = at[feature] + ((int) x[n * features + feature]) * size;
        for (int j = 0; j < size; j++) {
          gradient[to + j] += de[from + j];
        }
        from += size;
      }
    }
  }

  private int row(int feature, float id) {
    int row = (int) id;
    if (row != id || row < 0 || row >= vocabularySizes[feature]) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Embedding: feature %d is %s; it must be a whole number from 0 to %d.",
              feature,
              id,
              vocabularySizes[feature] - 1));
    }
    return row;
  }

  @Override
  public String toString() {
    return "Embedding" + Arrays.toString(sizes);
  }
}
