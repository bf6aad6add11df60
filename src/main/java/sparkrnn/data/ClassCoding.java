package sparkrnn.data;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * Classes as targets: 1 for the class and 0 for the others; of an array its own 0 and 1.
 *
 * <p>With label smoothing a, one class among K is a/K everywhere and 1 - a more at the class; each
 * number y of an array is y (1 - a) + a/2: what Keras' losses do with their targets.
 *
 * @param labels the classes; of an array the names are not read
 * @param weights factor of the weight of a row by its class; empty for 1
 * @param labelSmoothing a, in [0, 1)
 */
public record ClassCoding(ClassLabels labels, List<Double> weights, double labelSmoothing)
    implements LabelCoding {

  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException also if the column is of another kind than the classes
   */
  @Override
  public LabelDecoder decoder(String owner, StructType schema, String column) {
    ClassLabels.Kind kind = ClassLabels.Kind.of(owner, schema, column);
    if (kind != labels.kind()) {
      throw ColumnLookup.wrongType(
          owner,
          "labelCol",
          column,
          ColumnLookup.type(owner, "labelCol", schema, column),
          labels.kind().words() + " as in the fit",
          "Cast it, or set labelCol to another column.");
    }
    return kind == ClassLabels.Kind.ARRAY
        ? new ArrayDecoder(NumberLabelDecoder.of(owner, schema, column), labelSmoothing)
        : OneClassDecoder.of(this);
  }

  /** One smoothed target. */
  private static float smoothed(double target, double labelSmoothing, double towards) {
    return (float) (target * (1 - labelSmoothing) + towards * labelSmoothing);
  }

  /** Of labels that are one class. */
  private record OneClassDecoder(ClassCoding coding, ClassPlaces places, float[][] targets)
      implements LabelDecoder {

    private static final long serialVersionUID = 1L;

    static OneClassDecoder of(ClassCoding coding) {
      ClassLabels labels = coding.labels();
      float[][] targets = new float[labels.size()][labels.size()];
      for (int k = 0; k < labels.size(); k++) {
        for (int i = 0; i < labels.size(); i++) {
          targets[k][i] = smoothed(i == k ? 1 : 0, coding.labelSmoothing(), 1.0 / labels.size());
        }
      }
      return new OneClassDecoder(coding, new ClassPlaces(labels), targets);
    }

    @Override
    public float[] decode(Object value) throws InvalidSequenceException {
      if (value == null) {
        throw new InvalidSequenceException("is null; every row needs a label");
      }
      return targets[places.of(value, "")];
    }

    @Override
    public double weight(Object value) throws InvalidSequenceException {
      return coding.weights().isEmpty() ? 1 : coding.weights().get(places.of(value, ""));
    }
  }

  /** Of labels that are an array of 0 and 1. */
  private record ArrayDecoder(LabelDecoder numbers, double labelSmoothing) implements LabelDecoder {

    private static final long serialVersionUID = 1L;

    @Override
    public float[] decode(Object value) throws InvalidSequenceException {
      float[] target = numbers.decode(value);
      for (int i = 0; i < target.length; i++) {
        if (target[i] != 0 && target[i] != 1) {
          throw new InvalidSequenceException(
              String.format(
                  Locale.ROOT,
                  "holds %s at place %d; labels in an array must be 0 or 1",
                  target[i],
                  i));
        }
        target[i] = smoothed(target[i], labelSmoothing, 0.5);
      }
      return target;
    }
  }
}
