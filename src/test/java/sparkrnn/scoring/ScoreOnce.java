package sparkrnn.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A service that scores one sequence of one feature: DIRECTORY VALUE ... */
public final class ScoreOnce {

  private ScoreOnce() {}

  /** Prints the prediction. */
  public static void main(String[] arguments) throws IOException {
    float[][] sequence =
        Arrays.stream(arguments)
            .skip(1)
            .map(value -> new float[] {Float.parseFloat(value)})
            .toArray(float[][]::new);
    LocalScorer scorer = LocalScorer.open(Path.of(arguments[0]));
    System.out.println(Arrays.toString(scorer.predict(sequence)));
  }
}
