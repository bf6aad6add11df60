package sparkrnn.parameter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The initializers by Keras' names, with Keras' default settings. */
enum InitializerType {
  GLOROT_UNIFORM(VarianceScaling.uniform(1, VarianceScaling.Fan.AVERAGE)),
  GLOROT_NORMAL(VarianceScaling.truncatedNormal(1, VarianceScaling.Fan.AVERAGE)),
  HE_UNIFORM(VarianceScaling.uniform(2, VarianceScaling.Fan.IN)),
  HE_NORMAL(VarianceScaling.truncatedNormal(2, VarianceScaling.Fan.IN)),
  LECUN_UNIFORM(VarianceScaling.uniform(1, VarianceScaling.Fan.IN)),
  LECUN_NORMAL(VarianceScaling.truncatedNormal(1, VarianceScaling.Fan.IN)),
  ORTHOGONAL(new Orthogonal()),
  IDENTITY(new Identity()),
  ZEROS(new Constant(0)),
  ONES(new Constant(1)),
  RANDOM_UNIFORM(new RandomUniform(-0.05f, 0.05f)),
  RANDOM_NORMAL(new RandomNormal(0.05)),
  TRUNCATED_NORMAL(new TruncatedNormal(0.05));

  private final Initializer initializer;

  InitializerType(Initializer initializer) {
    this.initializer = initializer;
  }

  Initializer initializer() {
    return initializer;
  }

  String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static InitializerType named(String name) {
    for (InitializerType type : values()) {
      if (type.kerasName().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "There is no initializer \""
            + name
            + "\"; it must be one of "
            + Arrays.stream(values())
                .map(type -> "\"" + type.kerasName() + "\"")
                .collect(Collectors.joining(", "))
            + ".");
  }
}
