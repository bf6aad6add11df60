package sparkrnn.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns whose values stand side by side in the time steps of a sequence.
 *
 * @param param that names them: "featuresCol" or "featuresCols"
 * @param names at least one
 * @param vocabularySizes for each feature of a time step, over all columns, {@link #NUMBER} or how
 *     many ids there are ({@link #ANY_ID} where that is not known yet); empty where all are numbers
 */
public record FeatureColumns(String param, List<String> names, List<Integer> vocabularySizes)
    implements Serializable {

  /** Of a feature that is no id. */
  public static final int NUMBER = -1;

  /** Of a feature whose ids may be any whole number from 0. */
  public static final int ANY_ID = 0;

  /** Whole numbers of float32 are exact up to here. */
  static final int LARGEST_ID = 1 << 24;

  private static final long serialVersionUID = 1L;

  /** Copies the lists. */
  public FeatureColumns {
    names = List.copyOf(names);
    vocabularySizes = List.copyOf(vocabularySizes);
  }

  /** The names in quotes, for messages. */
  public String shown() {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  /** A bound that every id of a feature is below; 0 where the feature is no id. */
  int idBound(int feature) {
    if (feature >= vocabularySizes.size() || vocabularySizes.get(feature) == NUMBER) {
      return 0;
    }
    int size = vocabularySizes.get(feature);
    return size == ANY_ID ? LARGEST_ID : size;
  }
}
