package sparkrnn.formats;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;

/** Drawn networks that another library has layers for. */
final class ExpressibleNetworks {

  private ExpressibleNetworks() {}

  /** A network and what it was drawn with. */
  record Drawn(long seed, NetworkSpec spec) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + spec;
    }
  }

  static Stream<Drawn> inKeras(LongStream seeds) {
    return drawn(seeds)
        .filter(drawn -> !drawn.spec().crf())
        .filter(
            drawn ->
                !drawn.spec().recurrentLayers().get(0).residual()
                    || !drawn.spec().pooling().equals("last"));
  }

  /** Ids before numbers, as a state dict's reader takes them. */
  static Stream<Drawn> inPyTorch(LongStream seeds) {
    return drawn(seeds)
        .filter(
            drawn -> {
              Set<Integer> ids =
                  drawn.spec().embeddings().stream()
                      .map(EmbeddingSpec::feature)
                      .collect(Collectors.toSet());
              return ids.stream().allMatch(feature -> feature < ids.size());
            });
  }

  private static Stream<Drawn> drawn(LongStream seeds) {
    return seeds.mapToObj(seed -> new Drawn(seed, plain(RandomNetworks.spec(seed))));
  }

  private static NetworkSpec plain(NetworkSpec spec) {
    return new NetworkSpec(
        spec.inputs(),
        spec.recurrentLayers().stream().map(ExpressibleNetworks::plain).toList(),
        spec.outputs(),
        spec.loss(),
        spec.huberDelta(),
        spec.pooling(),
        spec.embeddings(),
        spec.quantiles(),
        false,
        0,
        spec.crf());
  }

  private static RecurrentSpec plain(RecurrentSpec layer) {
    return new RecurrentSpec(
            layer.cell().equals("layerNormLstm") ? "lstm" : layer.cell(),
            layer.units(),
            layer.activation(),
            layer.kernelInitializer(),
            layer.recurrentInitializer(),
            layer.bidirectional(),
            layer.dropout(),
            0)
        .withResidual(layer.residual());
  }
}
