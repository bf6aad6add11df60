package sparkrnn.feature;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import scala.collection.Seq;

/** Which scale a row has, by its key; what the executors know. */
final class ScaleTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Scale all;
  private final Map<List<String>, Scale> byKey;

  ScaleTable(Scales scales) {
    this.all = scales.all();
    this.byKey = scales.byKey();
  }

  /** Of all rows together. */
  Scale all() {
    return all;
  }

  /**
   * The scale of a key, or that of all rows if there are no key columns.
   *
   * @param key as {@link SeriesKey} gives it
   * @return null if no row of the fit had the key
   */
  Scale find(Seq<String> key) {
    if (key == null) {
      return all;
    }
    return byKey.get(texts(key));
  }

  /** A key in quotes: "7", "north". */
  static String show(Seq<String> key) {
    return texts(key).stream()
        .map(text -> text == null ? "null" : '"' + text + '"')
        .collect(Collectors.joining(", "));
  }

  private static List<String> texts(Seq<String> key) {
    List<String> texts = new ArrayList<>(key.size());
    for (int i = 0; i < key.size(); i++) {
      texts.add(key.apply(i));
    }
    return texts;
  }
}
