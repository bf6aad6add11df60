package sparkrnn.ml;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sparkrnn.formats.ImportedNetwork;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.training.FrozenTensors;
import sparkrnn.training.StartingPoint;

/** What a fit begins with, from the params and the model that was given to the estimator. */
final class Start {

  private final RnnParams stage;
  private final FittedNetwork initial;
  private final EmbeddingVectors vectors;

  /**
   * What can be checked before the data is read.
   *
   * @param given a model's network, or null for none
   * @param vectors that embeddings begin with, or null for none
   * @throws IllegalArgumentException if there are two models, the one of the path can't be loaded,
   *     or the network has no layer that is to be frozen, or only such
   */
  Start(RnnParams stage, FittedNetwork given, EmbeddingVectors vectors, Head head) {
    this.stage = stage;
    this.vectors = vectors;
    checkFrozen(head);
    String path = stage.getInitialModelPath();
    if (!path.isEmpty() && given != null) {
      throw ParamCombination.refusal(
          stage,
          "initialModelPath is \"%s\" and there is an initial model; only one of them can be begun"
              + " with. Set initialModelPath to \"\", or the initial model to null.",
          path);
    }
    initial = path.isEmpty() ? given : atPath(path);
  }

  private FittedNetwork atPath(String path) {
    if (!NetworkImport.isFile(path)) {
      return ModelReader.loadAny(path).fitted();
    }
    ImportedNetwork found = new NetworkImport(stage, path).byEnding();
    return new FittedNetwork(found.spec(), found.parameters());
  }

  /** The names of tensors don't depend on the numbers of features and outputs. */
  private void checkFrozen(Head head) {
    List<String> names = List.of(stage.getFrozenLayers());
    if (names.isEmpty()) {
      return;
    }
    int features = Math.max(1, stage.getEmbeddingSizes().length);
    List<Integer> vocabularies = Collections.nCopies(features, 1);
    NetworkSpec spec = FitInputs.network(stage, features, 1, head, vocabularies);
    Set<String> tensors = new Network(spec).shapes().keySet();
    List<String> unknown =
        names.stream()
            .filter(name -> tensors.stream().noneMatch(tensor -> FrozenTensors.fits(name, tensor)))
            .toList();
    if (!unknown.isEmpty()) {
      throw ParamCombination.refusal(
          stage,
          "frozenLayers has \"%s\", and the network has no such layer or tensor; it has the layers"
              + " %s, and in them tensors such as \"%s\". Set frozenLayers to names of these.",
          unknown.get(0),
          layers(tensors),
          tensors.iterator().next());
    }
    if (tensors.stream()
        .allMatch(tensor -> names.stream().anyMatch(name -> FrozenTensors.fits(name, tensor)))) {
      throw ParamCombination.refusal(
          stage,
          "frozenLayers is %s, which is the whole network; nothing is left to train. Take one out.",
          names);
    }
  }

  private static String layers(Set<String> tensors) {
    return tensors.stream()
        .map(tensor -> tensor.substring(0, tensor.indexOf('/')))
        .distinct()
        .map(name -> '"' + name + '"')
        .collect(Collectors.joining(", "));
  }

  /**
   * The start of the network to train.
   *
   * @throws IllegalArgumentException if it has other tensors than the initial model's, or no place
   *     for an embedding vector
   */
  StartingPoint of(NetworkSpec spec) {
    StartingPoint start = ofModel(spec);
    return vectors == null ? start : vectors.over(start, stage, new Network(spec));
  }

  private StartingPoint ofModel(NetworkSpec spec) {
    List<String> frozen = List.of(stage.getFrozenLayers());
    if (initial == null) {
      return new StartingPoint(null, frozen);
    }
    Iterator<Map.Entry<String, List<Integer>>> wanted = tensors(new Network(spec));
    Iterator<Map.Entry<String, List<Integer>>> found = tensors(initial.network());
    while (wanted.hasNext() || found.hasNext()) {
      String here = nextOf(wanted);
      String there = nextOf(found);
      if (!here.equals(there)) {
        throw ParamCombination.refusal(
            stage,
            "the initial model has %s where the network to train has %s; both must have the same"
                + " tensors. Set cell, units, pooling and the columns as they were for the initial"
                + " model.",
            there,
            here);
      }
    }
    return new StartingPoint(initial.parameters(), frozen);
  }

  private static Iterator<Map.Entry<String, List<Integer>>> tensors(Network network) {
    return network.shapes().entrySet().iterator();
  }

  private static String nextOf(Iterator<Map.Entry<String, List<Integer>>> tensors) {
    if (!tensors.hasNext()) {
      return "no more tensors";
    }
    Map.Entry<String, List<Integer>> tensor = tensors.next();
    String shape =
        tensor.getValue().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "\"%s\" of shape (%s)", tensor.getKey(), shape);
  }
}
