package sparkrnn.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the steps of a fit depend on, by names that a person knows: the network, the params that
 * change a result, and the data, of which the loss of the initial parameters stands in for every
 * value. How many epochs are run, and on which cluster, is left out. Fits with the same description
 * make the same steps, to the bit.
 */
final class FitDescription {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final int NAME_BYTES = 8;
  private static final int SHOWN = 5;
  private static final String NOT_SET = "nothing";
  private static final String LOSS = "loss of the initial weights";

  /** Facts that the loss of the initial weights does not depend on. */
  private static final Set<String> OF_STEPS_ONLY =
      Set.of(
          "optimizer",
          "learningRate",
          "momentum",
          "nesterov",
          "weightDecay",
          "gradientAccumulationSteps",
          "emaMomentum",
          "learningRateSchedule",
          "learning rates",
          "clipping",
          "patience",
          "minDelta",
          "gradientCompression",
          "localSteps",
          "frozenLayers",
          "gradientCheckpointing");

  private final SortedMap<String, String> facts;

  private FitDescription(SortedMap<String, String> facts) {
    this.facts = facts;
  }

  /** Of a fit whose initial parameters have this loss. */
  static FitDescription of(FitEnvironment fit, double initialLoss) {
    TrainingSettings settings = fit.settings();
    TreeMap<String, String> facts = new TreeMap<>();
    flatten("", JSON.valueToTree(fit.network().spec()), facts);
    regularization(settings.regularization(), facts);
    steps(settings, facts);
    facts.put("batchSize", text(settings.batchSize()));
    facts.put("shards of a batch", text(fit.plan().shards()));
    facts.put("seed", text(settings.seed()));
    float[] start = settings.start().parameters();
    facts.put(
        "initial weights",
        start == null ? "of the seed" : "given, with hash " + Arrays.hashCode(start));
    facts.put("training sequences", text(fit.plan().sequences()));
    facts.put("validation sequences", text(fit.validationSequences()));
    if (fit.plan().segmented()) {
      facts.put("time steps of an epoch", text(fit.plan().examples()));
      facts.put("bpttLength", text(fit.plan().segmentLength()));
    }
    if (settings.segmentation().cuts()) {
      facts.put("gradientCheckpointing", text(settings.segmentation().checkpoints()));
      facts.put("bpttLength", text(settings.segmentation().bpttLength()));
    }
    facts.put("sum of the training weights", text(fit.weights().training()));
    facts.put("sum of the validation weights", text(fit.weights().validation()));
    facts.put(LOSS, text(initialLoss));
    return new FitDescription(facts);
  }

  /** What is read in training steps only. */
  private static void steps(TrainingSettings settings, Map<String, String> facts) {
    OptimizerSettings optimizer = settings.optimizer();
    ScheduleSettings schedule = settings.schedule();
    facts.put("optimizer", optimizer.name());
    facts.put("learningRate", text(optimizer.learningRate()));
    facts.put("momentum", text(optimizer.momentum()));
    facts.put("nesterov", text(optimizer.nesterov()));
    facts.put("weightDecay", text(optimizer.weightDecay()));
    facts.put("gradientAccumulationSteps", text(optimizer.accumulationSteps()));
    facts.put("emaMomentum", text(optimizer.emaMomentum()));
    facts.put("learningRateSchedule", schedule.name());
    if (schedule.warmupEpochs() > 0 || !schedule.name().equals("constant")) {
      // With its lengths, which may be those of maxIter.
      facts.put("learning rates", settings.learningRate().toString());
    }
    facts.put("clipping", settings.clipping() + " " + settings.clipThreshold());
    facts.put("patience", text(settings.patience()));
    facts.put("minDelta", text(settings.minDelta()));
    facts.put("gradientCompression", settings.gradientCompression());
    if (settings.localSteps() > 1) {
      facts.put("localSteps", text(settings.localSteps()));
    }
    facts.put("frozenLayers", settings.start().frozen().toString());
  }

  /** By the names of the params: kernelL1 and so on. */
  private static void regularization(
      RegularizationSettings regularization, Map<String, String> facts) {
    Map<String, String> nested = new TreeMap<>();
    flatten("", JSON.valueToTree(regularization), nested);
    nested.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          String limit = name.substring(dot + 1, dot + 2).toUpperCase(Locale.ROOT);
          facts.put(name.substring(0, dot) + limit + name.substring(dot + 2), value);
        });
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  private static void flatten(String name, JsonNode node, Map<String, String> facts) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                      field.getValue(),
                      facts));
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(name + "[" + i + "]", node.get(i), facts);
      }
    } else {
      facts.put(name, node.isTextual() ? node.textValue() : node.toString());
    }
  }

  /** A short name, the same exactly where the description is the same. */
  String name() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(facts.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  byte[] toJson() throws JsonProcessingException {
    return JSON.writeValueAsBytes(facts);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is not such JSON
   */
  static FitDescription fromJson(byte[] json) throws IOException {
    TreeMap<String, String> facts = JSON.readValue(json, TEXTS);
    if (facts == null) {
      throw new IOException("it holds no description");
    }
    return new FitDescription(facts);
  }

  /** The names of what is not the same in both, in alphabetical order, params first. */
  private List<String> differingNames(FitDescription other) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(other.facts.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(facts.get(name), other.facts.get(name)))
        .sorted(Comparator.comparing(FitDescription::noParam))
        .toList();
  }

  private static boolean noParam(String name) {
    return name.contains(" ");
  }

  /** In how many facts the other differs. */
  int distance(FitDescription other) {
    return differingNames(other).size();
  }

  /**
   * What is not the same: "seed (2 there, 77 here), ...". The loss stands for the data where
   * nothing else explains that it differs.
   */
  String differences(FitDescription there) {
    List<String> names = new ArrayList<>(differingNames(there));
    if (names.remove(LOSS) && OF_STEPS_ONLY.containsAll(names)) {
      names.add(LOSS);
    }
    List<String> said = new ArrayList<>();
    for (String name : names.subList(0, Math.min(SHOWN, names.size()))) {
      said.add(
          String.format(
              Locale.ROOT,
              "%s (%s there, %s here)",
              name.equals(LOSS) ? "the data, by the " + LOSS : name,
              there.facts.getOrDefault(name, NOT_SET),
              facts.getOrDefault(name, NOT_SET)));
    }
    if (names.size() > SHOWN) {
      said.add((names.size() - SHOWN) + " more");
    }
    return String.join(", ", said);
  }
}
