package sparkrnn.data;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds labels among those of a fit. */
final class ClassPlaces implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ClassLabels labels;
  private final Map<Object, Integer> places = new HashMap<>();

  /** Of labels that are texts or numbers. */
  ClassPlaces(ClassLabels labels) {
    this.labels = labels;
    boolean text = labels.kind() == ClassLabels.Kind.TEXT;
    for (int k = 0; k < labels.size(); k++) {
      places.put(text ? labels.names().get(k) : (Object) labels.prediction(k), k);
    }
  }

  /**
   * The place of a label.
   *
   * @param value a text or a number, not null
   * @param where to follow what the value is: "" or " at time step 3"
   * @throws InvalidSequenceException if there is no such label; the message begins with the value
   */
  int of(Object value, String where) throws InvalidSequenceException {
    Integer place = places.get(key(value));
    if (place == null) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "%s %s%s, which is none of the %d classes of the fit (%s)",
              where.isEmpty() ? "is" : "holds",
              value instanceof String ? "\"" + value + "\"" : value,
              where,
              labels.size(),
              labels.shown()));
    }
    return place;
  }

  private static Object key(Object value) {
    // Adding 0 makes -0 and 0 one key.
    return value instanceof Number number ? (Object) (number.doubleValue() + 0.0) : value;
  }
}
