package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.parameter.ParameterLayout;

/** Three features: an id of 5, a number, an id of 3; the tables lie behind something else. */
class EmbeddingTest {

  private static final int ROWS = 17;
  private static final int FEATURES = 3;
  private static final int[] VOCABULARIES = {5, 0, 3};
  private static final int[] SIZES = {4, 0, 2};
  private static final int WIDTH = 7;
  private static final int BEYOND = 3;

  private final ParameterLayout layout;
  private final Embedding embedding;

  EmbeddingTest() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("before/bias", 2);
    embedding = new Embedding(builder, VOCABULARIES, SIZES);
    layout = builder.build();
  }

  private static float[] draw(Random random) {
    float[] x = normals(random, ROWS * FEATURES, 1);
    for (int n = 0; n < ROWS; n++) {
      x[n * FEATURES] = random.nextInt(VOCABULARIES[0]);
      x[n * FEATURES + 2] = random.nextInt(VOCABULARIES[2]);
    }
    return x;
  }

  private int at(int table) {
    return layout.tensor(Embedding.tableName(table)).offset();
  }

  @Test
  void tablesHaveTheNamesAndShapesOfKeras() {
    assertThat(layout.tensor("embedding_0/embeddings").shape()).containsExactly(5, 4);
    assertThat(layout.tensor("embedding_1/embeddings").shape()).containsExactly(3, 2);
    assertThat(embedding.outputs()).isEqualTo(WIDTH);
  }

  @RandomTest
  void everyIdBecomesItsRowAndNumbersStay(Random random) {
    float[] x = draw(random);
    float[] parameters = normals(random, layout.size(), 1);
    float[] e = nans(ROWS * WIDTH + BEYOND);
    embedding.forward(ROWS, x, parameters, e);
    for (int n = 0; n < ROWS; n++) {
      int first = at(0) + 4 * (int) x[n * FEATURES];
      int second = at(1) + 2 * (int) x[n * FEATURES + 2];
      assertThat(Arrays.copyOfRange(e, n * WIDTH, n * WIDTH + 4))
          .containsExactly(Arrays.copyOfRange(parameters, first, first + 4));
      assertThat(e[n * WIDTH + 4]).isEqualTo(x[n * FEATURES + 1]);
      assertThat(Arrays.copyOfRange(e, n * WIDTH + 5, n * WIDTH + 7))
          .containsExactly(Arrays.copyOfRange(parameters, second, second + 2));
    }
    assertThat(Arrays.copyOfRange(e, ROWS * WIDTH, e.length)).containsOnly(Float.NaN);
  }

  /** Rows with the same id add up, in their order; what was there before stays in the sum. */
  @RandomTest
  void gradientOfARowIsTheSumOfItsUses(Random random) {
    float[] x = draw(random);
    float[] de = normals(random, ROWS * WIDTH, 1);
    float[] gradient = normals(random, layout.size(), 1);
    float[] expected = gradient.clone();
    for (int n = 0; n < ROWS; n++) {
      for (int j = 0; j < 4; j++) {
        expected[at(0) + 4 * (int) x[n * FEATURES] + j] += de[n * WIDTH + j];
      }
      for (int j = 0; j < 2; j++) {
        expected[at(1) + 2 * (int) x[n * FEATURES + 2] + j] += de[n * WIDTH + 5 + j];
      }
    }
    embedding.backward(ROWS, x, de, gradient);
    assertThat(gradient).containsExactly(expected);
  }

  @Test
  void idThatTheTableHasNotIsNamed() {
    float[] parameters = new float[layout.size()];
    float[] e = new float[WIDTH];
    for (float id : new float[] {5, -1, 1.5f, Float.NaN}) {
      assertThatThrownBy(() -> embedding.forward(1, new float[] {id, 0, 0}, parameters, e))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Embedding: feature 0 is " + id + "; it must be a whole number from 0 to 4.");
    }
  }

  @RandomTest
  void nothingIsAllocated(Random random) {
    float[] x = draw(random);
    float[] parameters = normals(random, layout.size(), 1);
    float[] e = new float[ROWS * WIDTH];
    float[] gradient = new float[layout.size()];
    Runnable step =
        () -> {
          embedding.forward(ROWS, x, parameters, e);
          embedding.backward(ROWS, x, e, gradient);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
