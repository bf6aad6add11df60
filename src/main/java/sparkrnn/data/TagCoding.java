package sparkrnn.data;

import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Labels of time steps as targets: the place of the label among all, NaN for a time step without
 * one.
 *
 * @param labels that there are, texts or numbers
 */
public record TagCoding(ClassLabels labels) implements LabelCoding {

  private static final long serialVersionUID = 1L;

  @Override
  public int targetsPerStep() {
    return 1;
  }

  /**
   * @throws IllegalArgumentException also if the column is of another kind than the labels
   */
  @Override
  public LabelDecoder decoder(String owner, StructType schema, String column) {
    ClassLabels.Kind kind = ClassLabels.Kind.ofElements(owner, schema, column);
    if (kind != labels.kind()) {
      throw ColumnLookup.wrongType(
          owner,
          "labelCol",
          column,
          ColumnLookup.type(owner, "labelCol", schema, column),
          "an array whose elements are each " + labels.kind().words() + " as in the fit",
          "Cast it, or set labelCol to another column.");
    }
    return new Decoder(new ClassPlaces(labels));
  }

  private record Decoder(ClassPlaces places) implements LabelDecoder {

    private static final long serialVersionUID = 1L;

    @Override
    public float[] decode(Object value) throws InvalidSequenceException {
      if (value == null) {
        throw new InvalidSequenceException(
            "is null; every row needs an array with an element for each time step");
      }
      Seq<Object> elements = NumberReader.elements(value);
      float[] targets = new float[elements.size()];
      for (int t = 0; t < targets.length; t++) {
        Object label = elements.apply(t);
        targets[t] = label == null ? Float.NaN : places.of(label, " at time step " + t);
      }
      return targets;
    }
  }
}
