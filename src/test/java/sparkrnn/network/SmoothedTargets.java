package sparkrnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ClassCoding;
import sparkrnn.data.ClassLabels;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.LabelDecoder;

/** The targets of a fixture as a fit of a classifier makes them. */
final class SmoothedTargets {

  private SmoothedTargets() {}

  static float[] ofOneClass(float[] oneHot, int classes, double smoothing) {
    ClassLabels labels =
        new ClassLabels(
            ClassLabels.Kind.NUMBER,
            IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    LabelDecoder decoder = decoder(labels, DataTypes.IntegerType, smoothing);
    return decoded(
        oneHot,
        classes,
        row -> decoder.decode(IntStream.range(0, classes).filter(k -> row[k] == 1).sum()));
  }

  static float[] ofArrays(float[] targets, int labels, double smoothing) {
    LabelDecoder decoder =
        decoder(
            ClassLabels.ofPlaces(labels),
            DataTypes.createArrayType(DataTypes.FloatType),
            smoothing);
    return decoded(targets, labels, decoder::decode);
  }

  private static LabelDecoder decoder(ClassLabels labels, DataType type, double smoothing) {
    return new ClassCoding(labels, List.of(), smoothing)
        .decoder("", new StructType().add("label", type), "label");
  }

  private interface Decoding {
    float[] of(float[] row) throws InvalidSequenceException;
  }

  private static float[] decoded(float[] rows, int width, Decoding decoding) {
    float[] targets = new float[rows.length];
    for (int from = 0; from < rows.length; from += width) {
      try {
        float[] target = decoding.of(Arrays.copyOfRange(rows, from, from + width));
        System.arraycopy(target, 0, targets, from, width);
      } catch (InvalidSequenceException invalid) {
        throw new AssertionError(invalid);
      }
    }
    return targets;
  }
}
