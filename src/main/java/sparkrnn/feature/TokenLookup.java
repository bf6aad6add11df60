package sparkrnn.feature;

import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;

/** The ids of the tokens of one text. */
final class TokenLookup implements UDF1<Seq<String>, int[]> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Map<String, Integer>> ids;

  TokenLookup(Broadcast<Map<String, Integer>> ids) {
    this.ids = ids;
  }

  @Override
  public int[] call(Seq<String> tokens) {
    if (tokens == null) {
      return null;
    }
    Map<String, Integer> known = ids.value();
    int[] found = new int[tokens.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = known.getOrDefault(tokens.apply(i), Vocabulary.UNKNOWN);
    }
    return found;
  }
}
