package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/**
 * What Spark expects of every stage.
 *
 * @param <S> the stage
 */
@ExtendWith(LocalSpark.class)
abstract class StageContractTest<S extends PipelineStage & MLWritable> {

  /** Saving needs a session, which a stage by itself does not make. */
  @BeforeAll
  static void startSpark(SparkSession session) {
    assertThat(session).isNotNull();
  }

  /** A stage that can be saved, with a uid of its own. */
  abstract S newStage();

  /** What {@code load} of the class gives. */
  abstract S load(String path);

  /** Sets the column that {@link #column()} names. */
  abstract void setPredictionCol(S stage, String name);

  /** A param that names a column and has a default. */
  String column() {
    return "predictionCol";
  }

  /** A param that a new stage has no value for. */
  String unset() {
    return "weightCol";
  }

  @Test
  void paramsAreSortedOwnedAndDocumented() {
    S stage = newStage();
    List<Param<?>> params = Arrays.asList(stage.params());
    assertThat(params).extracting(Param::name).isSorted().doesNotHaveDuplicates();
    assertThat(params)
        .allSatisfy(
            param -> {
              assertThat(param.parent()).isEqualTo(stage.uid());
              assertThat(param.doc().length()).isGreaterThan(20);
              assertThat(param.doc()).doesNotEndWith(".").isEqualTo(param.doc().trim());
            });
  }

  @Test
  void defaultsPassTheirOwnChecks() {
    S stage = newStage();
    for (Param<?> param : stage.params()) {
      setToDefault(stage, param);
    }
    assertThat(stage.extractParamMap().size()).isGreaterThan(3);
  }

  private <T> void setToDefault(S stage, Param<T> param) {
    if (stage.hasDefault(param)) {
      stage.set(param, stage.getDefault(param).get());
    }
  }

  @Test
  void explanationSpellsEveryParamOut() {
    S stage = newStage();
    String explained = stage.explainParams();
    assertThat(explained.lines().count()).isEqualTo(stage.params().length);
    assertThat(explained)
        .doesNotContain("[I@", "[D@", "[Ljava")
        .contains("default: " + stage.getDefault(stage.getParam(column())).get());
  }

  @Test
  void copyHasTheSameUidTypeAndParams() {
    S stage = newStage();
    setPredictionCol(stage, "forecast");
    PipelineStage copy = stage.copy(ParamMap.empty());
    assertThat(copy).isInstanceOf(stage.getClass()).isNotSameAs(stage);
    assertThat(copy.uid()).isEqualTo(stage.uid());
    assertThat(values(copy)).isEqualTo(values(stage)).contains(column() + "=forecast");
  }

  @Test
  void copyTakesExtraParams() {
    S stage = newStage();
    Param<Object> param = stage.getParam(column());
    PipelineStage copy = stage.copy(new ParamMap().put(param, "other"));
    assertThat(values(copy)).contains(column() + "=other");
    assertThat(values(stage)).doesNotContain(column() + "=other");
  }

  @Test
  void uidsDiffer() {
    assertThat(newStage().uid()).isNotEqualTo(newStage().uid());
  }

  @Test
  void serializes() throws IOException, ClassNotFoundException {
    S stage = newStage();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(stage);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(values((PipelineStage) in.readObject())).isEqualTo(values(stage));
    }
  }

  @Test
  void loadsWhatWasSavedAndWhatWasUnsetStaysUnset(@TempDir Path directory) throws IOException {
    S stage = newStage();
    setPredictionCol(stage, "forecast");
    String path = directory.resolve("stage").toString();
    stage.save(path);
    S loaded = load(path);
    assertThat(loaded.uid()).isEqualTo(stage.uid());
    assertThat(values(loaded)).isEqualTo(values(stage));
    assertThat(namesOfSet(loaded)).isEqualTo(namesOfSet(stage)).contains(column());
    assertThat(loaded.isDefined(loaded.getParam(unset()))).isFalse();
  }

  @Test
  void savesTwiceOnlyWhenToldToOverwrite(@TempDir Path directory) throws IOException {
    S stage = newStage();
    String path = directory.resolve("stage").toString();
    stage.save(path);
    assertThatThrownBy(() -> stage.save(path)).isInstanceOf(IOException.class);
    setPredictionCol(stage, "later");
    stage.write().overwrite().save(path);
    assertThat(values(load(path))).contains(column() + "=later");
  }

  @Test
  void hasTheConstructorsThatSparkLooksFor() throws ReflectiveOperationException {
    Class<?> type = newStage().getClass();
    PipelineStage named =
        (PipelineStage) type.getConstructor(String.class).newInstance("of this uid");
    assertThat(named.uid()).isEqualTo("of this uid");
    assertThat(type.getConstructor().newInstance()).isInstanceOf(type);
  }

  static List<String> values(PipelineStage stage) {
    return Arrays.stream(stage.params())
        .filter(stage::isDefined)
        .map(param -> param.name() + "=" + shown(stage.getOrDefault(param)))
        .toList();
  }

  private static String shown(Object value) {
    if (value instanceof String[] texts) {
      return Arrays.toString(texts);
    }
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }

  private static List<String> namesOfSet(PipelineStage stage) {
    return Arrays.stream(stage.params()).filter(stage::isSet).map(Param::name).toList();
  }
}
