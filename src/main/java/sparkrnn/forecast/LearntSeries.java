package sparkrnn.forecast;

import java.io.Serializable;
import java.util.List;

/**
 * What a fit learns of its series besides weights.
 *
 * @param targets of each target over the training rows
 * @param future of each future covariate over the training rows
 * @param staticNumbers of each static number over the series
 * @param categories the values of each static text, in the order of their characters; others are
 *     unknown
 */
public record LearntSeries(
    List<Moments> targets,
    List<Moments> future,
    List<Moments> staticNumbers,
    List<List<String>> categories)
    implements Serializable {

  /** Of nothing yet. */
  public static final LearntSeries NONE =
      new LearntSeries(List.of(), List.of(), List.of(), List.of());
}
