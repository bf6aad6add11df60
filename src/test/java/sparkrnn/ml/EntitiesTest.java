package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.data.ClassLabels;

/** Entities as the script conlleval of the CoNLL tasks counts them; all cases by hand. */
final class EntitiesTest {

  private static final ClassLabels LABELS = texts("B-LOC", "B-PER", "I-LOC", "I-PER", "O");
  private static final double[] ONE = {1};

  private static ClassLabels texts(String... names) {
    return new ClassLabels(ClassLabels.Kind.TEXT, List.of(names));
  }

  /** "BP IP O" are the places of B-PER I-PER O; "?" is a time step without a label. */
  private static int[] places(String labels) {
    return Arrays.stream(labels.split(" "))
        .mapToInt(label -> List.of("BL", "BP", "IL", "IP", "O").indexOf(label))
        .toArray();
  }

  private static Entities.Counts count(String labels, String predicted, double... weights) {
    Entities.Counts counts = new Entities.Counts();
    Entities.of(LABELS)
        .orElseThrow()
        .count(places(labels), places(predicted), weights.length == 0 ? ONE : weights, counts);
    return counts;
  }

  @ParameterizedTest
  @CsvSource({
    // labels, predicted, precision, recall
    "BP IP O BL, BP IP O BL, 1, 1",
    "BP IP O BL, BP IP O O, 1, 0.5",
    "BP IP O BL, BP O O BL, 0.5, 0.5",
    "BP IP IP, BP IP O, 0, 0",
    "BP IP IP, O IP IP, 0, 0",
    "BP IP, BL IL, 0, 0",
    "O O, O O, 0, 0",
    "O O, BP IP, 0, 0",
    // An I- without a B- begins an entity: after O, at the start and after another type.
    "O BP IP, O IP IP, 1, 1",
    "IP IP O, BP IP O, 1, 1",
    "BP IL, BP BL, 1, 1",
    "BP BL, BP IL, 1, 1",
    "IP IL IP, BP BL BP, 1, 1",
    // A B- begins another of the same type; an I- goes on.
    "BP BP, BP BP, 1, 1",
    "BP BP, BP IP, 0, 0",
    "IP BP, IP IP, 0, 0",
    "BP IP BP IP, BP IP BP O, 0.5, 0.5",
    // Same begin, other end, and the other way round.
    "BP IP O, BP IP IP, 0, 0",
    "O BP IP, BP IP IP, 0, 0",
    // A part with another type does not count as found.
    "BP IP IP, BP IL IP, 0, 0",
    "BL IL O BP, BL IL O IP, 1, 1",
  })
  void countsAsConlleval(String labels, String predicted, double precision, double recall) {
    Entities.Counts counts = count(labels, predicted);
    assertThat(counts.precision()).isEqualTo(precision);
    assertThat(counts.recall()).isEqualTo(recall);
    assertThat(counts.f1())
        .isCloseTo(
            precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall),
            within(1e-15));
  }

  @Test
  void timeStepsWithoutALabelAreOutsideOfEntities() {
    // The predicted B-PER at the unknown step counts nowhere, and the entity ends before it.
    Entities.Counts counts = count("BP IP ? O BL", "BP IP BP O BL");
    assertThat(counts.precision()).isEqualTo(1);
    assertThat(counts.recall()).isEqualTo(1);
    assertThat(count("BP ? IP", "BP IP IP").f1()).isEqualTo(1);
    assertThat(count("BP ? O", "BP IP IP").precision()).isEqualTo(0.5);
  }

  @Test
  void anEntityWeighsWhatItsFirstTimeStepDoes() {
    Entities.Counts counts = count("BP IP O BL", "BP IP BL O", 2, 7, 3, 5);
    assertThat(counts.precision()).isEqualTo(2.0 / 5);
    assertThat(counts.recall()).isEqualTo(2.0 / 7);
    assertThat(counts.f1()).isCloseTo(4.0 / 12, within(1e-15));
  }

  @Test
  void countsOfSequencesAddUpAndDoNotRunIntoEachOther() {
    Entities.Counts counts = count("BP IP", "BP IP");
    counts.add(count("IP IP O", "IP O O"));
    counts.add(count("O", "BL"));
    assertThat(counts.precision()).isEqualTo(1.0 / 3);
    assertThat(counts.recall()).isEqualTo(1.0 / 2);
  }

  @Test
  void onlyLabelsOfThisFormMarkEntities() {
    assertThat(Entities.of(texts("B-A", "I-A", "O"))).isPresent();
    assertThat(Entities.of(texts("I-A", "O"))).isPresent();
    assertThat(Entities.of(texts("B-A", "I-A"))).isPresent();
    assertThat(Entities.of(texts("O", "X"))).isEmpty();
    assertThat(Entities.of(texts("B-", "O"))).isEmpty();
    assertThat(Entities.of(texts("B-A", "NOUN", "O"))).isEmpty();
    assertThat(Entities.of(texts("O"))).isEmpty();
    assertThat(Entities.of(new ClassLabels(ClassLabels.Kind.NUMBER, List.of("0", "1")))).isEmpty();
  }
}
