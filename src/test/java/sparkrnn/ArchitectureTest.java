package sparkrnn;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture: which package may know which, and who alone may touch what. */
class ArchitectureTest {

  /** Each package that knows only the JDK and BLAS, and the others of ours that it may import. */
  private static final String KERNELS =
      """
      linalg
      random
      parameter    linalg random
      sequence     linalg
      cell         linalg random parameter sequence
      layer        linalg random parameter sequence cell
      loss         linalg sequence
      network      linalg random parameter sequence cell layer loss
      explain      linalg random parameter sequence cell layer loss network
      optim        linalg
      safetensors  parameter
      protobuf
      onnx         parameter cell layer loss network protobuf
      """;

  /** Each package that may know Spark, and the others of ours that it may import. */
  private static final String STAGES =
      """
      versions
      data         random sequence versions
      exchange     linalg
      training     linalg random parameter sequence cell layer loss network optim safetensors data exchange storage
      series
      storage
      scoring      parameter sequence network safetensors
      formats      parameter cell loss network safetensors
      forecast     series
      tensorboard  training protobuf storage
      ml           random sequence network explain safetensors onnx scoring formats data training tensorboard report page series forecast storage versions
      feature      series storage versions
      page
      report       training page
      jobs         training ml feature report page linalg storage
      """;

  /** What of the training its listeners and the jobs may see. */
  private static final String EVENTS =
      "sparkrnn\\.training\\.(TrainingListener|EpochMeasures|TrainingHistory.*|Interruption|InterruptedFitException)";

  private static final String[] SPARK = {
    "org.apache.spark..", "org.apache.hadoop..", "scala..", "breeze.."
  };

  private static final Path SOURCES = Path.of("src/main/java/sparkrnn");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("sparkrnn");

  /** One line of the tables. */
  record Arrows(String from, List<String> to) {

    static Arrows of(String line) {
      List<String> words = List.of(line.split(" +"));
      return new Arrows(words.get(0), words.subList(1, words.size()));
    }
  }

  static Stream<Arrows> kernels() {
    return KERNELS.lines().map(Arrows::of);
  }

  static Stream<Arrows> all() {
    return Stream.concat(kernels(), STAGES.lines().map(Arrows::of));
  }

  @ParameterizedTest
  @MethodSource("all")
  void packageImportsOnlyThoseOfItsLine(Arrows arrows) {
    String[] allowed =
        Stream.concat(Stream.of(arrows.from()), arrows.to().stream())
            .map(ArchitectureTest::tree)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(tree(arrows.from()))
        .should()
        .dependOnClassesThat(resideInAPackage("sparkrnn..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true) // A package may be planned and not there yet.
        .check(MAIN);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void kernelKnowsOnlyTheJdkAndBlas(Arrows kernel) {
    classes()
        .that()
        .resideInAPackage(tree(kernel.from()))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "sparkrnn..",
            "dev.ludovic.netlib..", // in linalg alone, see below
            "org.bytedeco..",
            "org.apache.commons.math3.special..", // the gamma functions of losses
            "com.fasterxml.jackson.core..") // the header of a safetensors file
        .check(MAIN);
  }

  @Test
  void everyClassIsInAPackageWithALine() {
    Set<String> lines =
        all().map(arrows -> "sparkrnn." + arrows.from()).collect(Collectors.toSet());
    assertThat(MAIN.stream().filter(type -> !type.getSimpleName().equals("package-info")))
        .extracting(JavaClass::getPackageName)
        .isSubsetOf(lines);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("sparkrnn.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void reportsSeeEventsOfTheTrainingAndNoSpark() {
    noClasses()
        .that()
        .resideInAPackage("sparkrnn.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK)
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("sparkrnn.report..", "sparkrnn.jobs..")
        .should()
        .dependOnClassesThat(resideInAPackage("sparkrnn.training..").and(not(nameMatching(EVENTS))))
        .check(MAIN);
  }

  /** Services have no Spark on their class path, and files of others need none. */
  @Test
  void scoringAndFormatsKnowNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage("sparkrnn.scoring..", "sparkrnn.formats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK)
        .check(MAIN);
  }

  @Test
  void onlyTheBlasClassesTouchTheBlasBinding() {
    noClasses()
        .that()
        .haveNameNotMatching("sparkrnn\\.linalg\\.Blas\\w*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.ludovic.netlib..", "com.github.fommil..", "org.bytedeco..")
        .check(MAIN);
  }

  @Test
  void onlyTheExchangeTouchesTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage("sparkrnn.exchange..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark.network..", "io.netty..", "java.net..")
        .check(MAIN);
  }

  /** Scala hides these from Scala only; they may change with every release of Spark. */
  @Test
  void onlyModelDirectoryTouchesWhatSparkMlKeepsToItself() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("sparkrnn.ml.ModelDirectory")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.ml\\.util\\."
                + "(DefaultParams(Reader|Writer)|ReadWriteUtils|SchemaUtils|Instrumentation|DatasetUtils).*")
        .check(MAIN);
  }

  /**
   * Models, checkpoints and messages are data: nothing read may name a class to be made. Shares
   * that Spark's own serializer takes from one executor of a fit to another are read as numbers.
   */
  @Test
  void nothingIsReadByJavaSerialization() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("sparkrnn.data.FileValues")
        .should()
        .dependOnClassesThat(
            assignableTo(java.io.ObjectInput.class)
                .or(assignableTo(java.io.ObjectOutput.class))
                .or(
                    resideInAnyPackage(
                        "org.apache.spark.serializer..",
                        "org.apache.commons.lang3..",
                        "com.esotericsoftware..",
                        "java.rmi..")))
        .check(MAIN);
  }

  /** What is called by its name escapes every other rule here. */
  @Test
  void onlyThoseThatMustLookClassesUpByName() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "sparkrnn\\.(linalg\\.(BlasBinding|PrivateClassLoader)|ml\\.ModelDirectory"
                + "|jobs\\.FeatureStages|versions\\.SparkCalls)")
        .should()
        .callMethodWhere(target(owner(type(Class.class))).and(target(name("forName"))))
        .orShould()
        .callMethodWhere(
            target(owner(assignableTo(ClassLoader.class))).and(target(name("loadClass"))))
        .check(MAIN);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils|Helper|Manager|Impl|Common|Base|Data|Info|Support)")
        .check(new ClassFileImporter().importPackages("sparkrnn"));
  }

  @Test
  void everyPackageHasAPageThatNamesItsArrowsAndWhereToBegin() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> packages =
          files.filter(path -> !path.equals(SOURCES) && Files.isDirectory(path)).toList();
      assertThat(packages).isNotEmpty();
      for (Path folder : packages) {
        Path page = folder.resolve("package-info.java");
        assertThat(page).exists();
        assertThat(Files.readString(page).replaceAll("\\s*\\n \\* ", " "))
            .as(page.toString())
            .containsIgnoringCase("may import")
            .containsIgnoringCase("begin reading at {@link sparkrnn." + folder.getFileName());
      }
    }
    assertThat(SOURCES.resolve("package-info.java")).content().contains(names());
  }

  private static List<String> names() {
    return all().map(arrows -> "\n *     " + arrows.from() + " ").toList();
  }

  private static String tree(String name) {
    return "sparkrnn." + name + "..";
  }
}
