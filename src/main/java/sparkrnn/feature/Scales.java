package sparkrnn.feature;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scales of all keys.
 *
 * @param formatVersion of the file that holds them
 * @param all of all rows together
 * @param keys of each key in the order of the keys; none if there are no key columns
 */
record Scales(int formatVersion, Scale all, List<KeyScale> keys) implements Serializable {

  /**
   * The scale of one key.
   *
   * @param key the texts of the key's columns
   */
  record KeyScale(List<String> key, Scale scale) implements Serializable {
    KeyScale {
      key = List.copyOf(key);
    }
  }

  /**
   * @throws IllegalArgumentException if the number of features differs
   */
  Scales {
    int features = all.features();
    keys = List.copyOf(keys);
    if (features == 0 || keys.stream().anyMatch(key -> key.scale().features() != features)) {
      throw new IllegalArgumentException("the scales have different numbers of features");
    }
  }

  int features() {
    return all.features();
  }

  /** By key; not to be changed. */
  Map<List<String>, Scale> byKey() {
    Map<List<String>, Scale> scales = new HashMap<>();
    keys.forEach(key -> scales.put(key.key(), key.scale()));
    return Collections.unmodifiableMap(scales);
  }
}
