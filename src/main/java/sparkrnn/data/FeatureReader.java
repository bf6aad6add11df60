package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads the sequence of a row from its feature columns, and checks its ids. */
public final class FeatureReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FeatureColumns columns;
  private final List<SequenceDecoder> decoders = new ArrayList<>();

  private FeatureReader(FeatureColumns columns) {
    this.columns = columns;
  }

  /**
   * A reader of the columns.
   *
   * @param owner the stage, for messages
   * @throws IllegalArgumentException if a column is missing or of another type than is needed
   */
  public static FeatureReader of(String owner, FeatureColumns columns, StructType schema) {
    FeatureReader reader = new FeatureReader(columns);
    for (String name : columns.names()) {
      reader.decoders.add(SequenceDecoder.of(owner, columns.param(), schema, name));
    }
    return reader;
  }

  /** The columns that are read. */
  public FeatureColumns columns() {
    return columns;
  }

  /**
   * The sequence of a row.
   *
   * @param places of the columns in the row, in their order
   * @param features F wanted, of all columns together; 0 takes what is there
   * @throws InvalidSequenceException that knows its column, if a value can't be used, columns are
   *     of different lengths, or there are not F features
   */
  public DecodedSequence read(Row row, int[] places, int features) throws InvalidSequenceException {
    if (places.length == 1) {
      DecodedSequence only = decode(row, places, 0, features);
      checkIds(only, 0, 0);
      return only;
    }
    DecodedSequence[] parts = new DecodedSequence[places.length];
    int width = 0;
    for (int i = 0; i < places.length; i++) {
      parts[i] = decode(row, places, i, 0);
      checkIds(parts[i], i, width);
      checkLength(parts, i);
      width += parts[i].features();
    }
    if (features > 0 && width != features) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d features in a time step, of all feature columns together, and %d are needed",
              width,
              features),
          columns.names().get(0));
    }
    return joined(parts, width);
  }

  private DecodedSequence decode(Row row, int[] places, int i, int features)
      throws InvalidSequenceException {
    try {
      return decoders.get(i).decode(row.get(places[i]), features);
    } catch (InvalidSequenceException invalid) {
      throw new InvalidSequenceException(invalid.getMessage(), columns.names().get(i));
    }
  }

  private void checkLength(DecodedSequence[] parts, int i) throws InvalidSequenceException {
    if (parts[i].timeSteps() != parts[0].timeSteps()) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d time steps and %d in column \"%s\"; all feature columns of a row need as many",
              parts[i].timeSteps(),
              parts[0].timeSteps(),
              columns.names().get(0)),
          columns.names().get(i));
    }
  }

  private void checkIds(DecodedSequence part, int column, int firstFeature)
      throws InvalidSequenceException {
    for (int feature = 0; feature < part.features(); feature++) {
      int bound = columns.idBound(firstFeature + feature);
      for (int t = 0; bound > 0 && t < part.timeSteps(); t++) {
        float id = part.values()[t * part.features() + feature];
        if (!(id >= 0 && id < bound && id == Math.rint(id))) {
          throw notAnId(part, t, feature, bound, column);
        }
      }
    }
  }

  private InvalidSequenceException notAnId(
      DecodedSequence part, int t, int feature, int bound, int column) {
    return new InvalidSequenceException(
        String.format(
            Locale.ROOT,
            "holds %s at time step %d, feature %d; ids of an embedding must be whole numbers from 0"
                + " to %d",
            part.values()[t * part.features() + feature],
            t,
            feature,
            bound - 1),
        columns.names().get(column));
  }

  private static DecodedSequence joined(DecodedSequence[] parts, int width) {
    int timeSteps = parts[0].timeSteps();
    float[] values = new float[Math.multiplyExact(timeSteps, width)];
    int column = 0;
    for (DecodedSequence part : parts) {
      for (int t = 0; t < timeSteps; t++) {
        System.arraycopy(
            part.values(), t * part.features(), values, t * width + column, part.features());
      }
      column += part.features();
    }
    return new DecodedSequence(values, timeSteps, width);
  }
}
