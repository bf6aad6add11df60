package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** If these fail, values change on their way to the workers, or equal keys hide different rows. */
class EncodedRowTest {

  private static final DecodedSequence SEQUENCE =
      new DecodedSequence(new float[] {1, -2, 3.5f, Float.MIN_VALUE, 5, 6}, 3, 2);

  @Test
  void everythingComesBack() {
    byte[] row = EncodedRow.encode(SEQUENCE, new float[] {7, 8}, 0.25f, true);
    float[] label = new float[3];
    float[] values = new float[7];
    EncodedRow.copyLabel(row, label, 1);
    EncodedRow.copyValues(row, values, 1);
    assertThat(EncodedRow.timeSteps(row)).isEqualTo(3);
    assertThat(EncodedRow.features(row)).isEqualTo(2);
    assertThat(EncodedRow.outputs(row)).isEqualTo(2);
    assertThat(EncodedRow.weight(row)).isEqualTo(0.25f);
    assertThat(EncodedRow.validation(row)).isTrue();
    assertThat(label).containsExactly(0, 7, 8);
    assertThat(values).containsExactly(0, 1, -2, 3.5f, Float.MIN_VALUE, 5, 6);
  }

  @Test
  void keyDependsOnEveryByte() {
    byte[] row = EncodedRow.encode(SEQUENCE, new float[] {7, 8}, 1, false);
    Set<Long> keys = new HashSet<>();
    keys.add(EncodedRow.key(row));
    for (int i = 0; i < row.length; i++) {
      byte[] other = row.clone();
      other[i] ^= 1;
      keys.add(EncodedRow.key(other));
    }
    assertThat(keys).hasSize(row.length + 1);
    assertThat(EncodedRow.key(row.clone())).isEqualTo(EncodedRow.key(row));
  }

  @Test
  void noteIsNoRow() {
    byte[] note = EncodingNote.problem("why");
    assertThat(EncodingNote.is(note)).isTrue();
    assertThat(EncodingNote.censusOf(note).problem()).isEqualTo("why");
    assertThat(EncodingNote.censusOf(EncodingNote.skipped(12)).skipped()).isEqualTo(12);
    assertThat(EncodingNote.is(EncodedRow.encode(SEQUENCE, new float[1], 1, false))).isFalse();
  }
}
