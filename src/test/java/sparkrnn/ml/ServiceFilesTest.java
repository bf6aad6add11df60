package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.junit.jupiter.api.Test;
import sparkrnn.feature.AudioFeatures;
import sparkrnn.feature.ImageRows;
import sparkrnn.feature.SequenceAssembler;
import sparkrnn.feature.SequenceScaler;
import sparkrnn.feature.SequenceScalerModel;
import sparkrnn.feature.SlidingWindow;
import sparkrnn.feature.TokenIndexer;
import sparkrnn.feature.TokenIndexerModel;

/** One broken entry would break every Spark Connect ML call on the cluster. */
final class ServiceFilesTest {

  @Test
  void everyEstimatorEntryLoads() {
    assertThat(named(ServiceLoader.load(Estimator.class)))
        .contains(
            RnnRegressor.class.getName(),
            RnnClassifier.class.getName(),
            RnnTagger.class.getName(),
            RnnLanguageModel.class.getName(),
            TokenIndexer.class.getName(),
            SequenceScaler.class.getName());
  }

  @Test
  void everyModelAndTransformerEntryLoads() {
    assertThat(named(ServiceLoader.load(Transformer.class)))
        .contains(
            RnnRegressionModel.class.getName(),
            RnnClassificationModel.class.getName(),
            RnnEncoder.class.getName(),
            RnnTaggingModel.class.getName(),
            RnnTextModel.class.getName(),
            SlidingWindow.class.getName(),
            SequenceAssembler.class.getName(),
            TokenIndexerModel.class.getName(),
            SequenceScalerModel.class.getName(),
            AudioFeatures.class.getName(),
            ImageRows.class.getName());
  }

  private static List<String> named(ServiceLoader<?> loader) {
    // Spark's own models are not made: some need a running session.
    return loader.stream()
        .filter(entry -> entry.type().getName().startsWith("sparkrnn."))
        .map(entry -> entry.get().getClass().getName())
        .toList();
  }
}
