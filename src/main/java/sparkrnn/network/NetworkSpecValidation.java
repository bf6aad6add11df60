package sparkrnn.network;

import java.util.List;
import java.util.stream.Collectors;
import sparkrnn.cell.CellType;
import sparkrnn.layer.PoolingType;
import sparkrnn.loss.LossType;
import sparkrnn.parameter.Initializer;
import sparkrnn.sequence.Segmentation;

/** What a network's spec must fulfil, each with its full sentence. */
final class NetworkSpecValidation {

  private NetworkSpecValidation() {}

  /**
   * @throws IllegalArgumentException if a field is out of its range
   */
  static void check(NetworkSpec spec) {
    requireAtLeastOne("NetworkSpec: inputs", spec.inputs());
    requireAtLeastOne("NetworkSpec: outputs", spec.outputs());
    if (spec.recurrentLayers().isEmpty()) {
      throw new IllegalArgumentException(
          "NetworkSpec: recurrentLayers is empty; there must be at least one.");
    }
    requireOutputsForEachTarget(spec);
    PoolingType.named(spec.pooling());
    checkEmbeddings(spec);
    checkHead(spec);
    checkCrf(spec);
    spec.recurrentLayers().forEach(NetworkSpecValidation::check);
    checkResiduals(spec);
  }

  /**
   * @throws IllegalArgumentException if the network can't be trained on sequences that are cut so
   */
  static void check(NetworkSpec spec, Segmentation segmentation) {
    if (segmentation.bpttLength() < 0) {
      throw new IllegalArgumentException(
          "Segmentation: bpttLength is "
              + segmentation.bpttLength()
              + "; it must be at least 1, or 0 for whole sequences.");
    }
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      if (segmentation.cuts() && layer.zoneout() > 0) {
        throw new IllegalArgumentException(
            "RecurrentSpec: zoneout is "
                + layer.zoneout()
                + " and sequences are trained on in segments; it needs a number for every time step"
                + " of all of them at once.");
      }
    }
  }

  private static void checkResiduals(NetworkSpec spec) {
    long inputs = (long) spec.inputs() - spec.embeddings().size();
    for (EmbeddingSpec embedding : spec.embeddings()) {
      inputs += embedding.size();
    }
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      long outputs = layer.bidirectional() ? 2L * layer.units() : layer.units();
      if (layer.residual() && inputs != outputs) {
        throw new IllegalArgumentException(
            "RecurrentSpec: residual is true and the layer has "
                + inputs
                + " inputs and "
                + outputs
                + " outputs; a layer that adds both needs as many.");
      }
      inputs = outputs;
    }
  }

  private static void checkCrf(NetworkSpec spec) {
    String loss = LossType.SPARSE_CROSS_ENTROPY.specName();
    String pooling = PoolingType.NONE.specName();
    if (spec.crf() && !(spec.loss().equals(loss) && spec.pooling().equals(pooling))) {
      throw new IllegalArgumentException(
          "NetworkSpec: crf is true, loss is \""
              + spec.loss()
              + "\" and pooling is \""
              + spec.pooling()
              + "\"; a CRF needs the loss \""
              + loss
              + "\" and the pooling \""
              + pooling
              + "\".");
    }
  }

  private static void checkEmbeddings(NetworkSpec spec) {
    int before = -1;
    for (EmbeddingSpec embedding : spec.embeddings()) {
      int feature = embedding.feature();
      if (feature <= before || feature >= spec.inputs()) {
        throw new IllegalArgumentException(
            "EmbeddingSpec: feature is "
                + feature
                + "; it must be above that of the embedding before and below inputs "
                + spec.inputs()
                + ".");
      }
      requireAtLeastOne("EmbeddingSpec: vocabularySize", embedding.vocabularySize());
      requireAtLeastOne("EmbeddingSpec: size", embedding.size());
      before = feature;
    }
  }

  private static void requireOutputsForEachTarget(NetworkSpec spec) {
    int each = LossType.named(spec.loss()).create(spec.lossOptions()).outputsPerTarget();
    if (spec.outputs() % each != 0) {
      throw new IllegalArgumentException(
          "NetworkSpec: outputs is "
              + spec.outputs()
              + " and loss is \""
              + spec.loss()
              + "\"; it must be a multiple of "
              + each
              + ", the outputs for each target.");
    }
  }

  private static void checkHead(NetworkSpec spec) {
    if (!(spec.outputDropout() >= 0 && spec.outputDropout() < 1)) {
      throw new IllegalArgumentException(
          "NetworkSpec: outputDropout is "
              + spec.outputDropout()
              + "; it must be at least 0 and below 1.");
    }
    if (!spec.tiedWeights()) {
      return;
    }
    int width = spec.recurrentLayers().get(spec.recurrentLayers().size() - 1).outputs();
    EmbeddingSpec wanted = new EmbeddingSpec(0, spec.outputs(), width);
    if (spec.embeddings().isEmpty() || !spec.embeddings().get(0).equals(wanted)) {
      throw new IllegalArgumentException(
          "NetworkSpec: tiedWeights is true and embeddings is "
              + spec.embeddings()
              + "; the first must be "
              + wanted
              + ", as wide as the last layer and with an id for each output.");
    }
  }

  private static void check(RecurrentSpec layer) {
    CellType type = CellType.named(layer.cell());
    requireAtLeastOne("RecurrentSpec: units", layer.units());
    List<String> activations = type.activations();
    if (!activations.contains(layer.activation())) {
      throw new IllegalArgumentException(
          "RecurrentSpec: activation is \""
              + layer.activation()
              + "\" and cell is \""
              + layer.cell()
              + "\"; for this cell it must be "
              + quoted(activations, " or ")
              + ".");
    }
    requireShare("dropout", layer.dropout());
    requireShare("recurrentDropout", layer.recurrentDropout());
    requireShare("zoneout", layer.zoneout());
    requireShare("recurrentWeightDrop", layer.recurrentWeightDrop());
    requireInitializer("kernelInitializer", layer.kernelInitializer());
    requireInitializer("recurrentInitializer", layer.recurrentInitializer());
  }

  private static void requireShare(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "RecurrentSpec: " + field + " is " + value + "; it must be at least 0 and below 1.");
    }
  }

  private static void requireInitializer(String field, String name) {
    if (!Initializer.names().contains(name)) {
      throw new IllegalArgumentException(
          "RecurrentSpec: "
              + field
              + " is \""
              + name
              + "\"; it must be one of "
              + quoted(Initializer.names(), ", ")
              + ".");
    }
  }

  private static String quoted(List<String> names, String separator) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(separator));
  }

  private static void requireAtLeastOne(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " is " + value + "; it must be at least 1.");
    }
  }
}
