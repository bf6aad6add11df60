package sparkrnn.training;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import scala.Tuple2;

/** The loss over all training sequences and its gradient, as Breeze's optimizers want it. */
final class FullBatchObjective {

  private final FitEnvironment fit;

  FullBatchObjective(FitEnvironment fit) {
    this.fit = fit;
  }

  /** Value and gradient at x, which becomes the present parameters (rounded to float32). */
  Tuple2<Object, DenseVector<Object>> calculate(DenseVector<Object> x) {
    double[] values = values(x);
    float[] parameters = fit.parameters();
    for (int i = 0; i < values.length; i++) {
      parameters[i] = (float) values[i];
    }
    double scale = 1 / fit.weights().training();
    fit.workforce().round().scale = (float) scale;
    fit.workforce().ask(RoundKind.FULL_GRADIENT);
    float[] gradient = fit.workforce().sum();
    double penalty = fit.regularization().addGradient(parameters, gradient);
    fit.frozen().clear(gradient);
    double[] wide = new double[gradient.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = gradient[i];
    }
    return new Tuple2<>(fit.workforce().lossSum() * scale + penalty, new DenseVector<>(wide));
  }

  static double[] values(DenseVector<Object> x) {
    return (double[]) x.data();
  }

  /**
   * This objective as a DiffFunction. That is a Scala trait with one abstract method, which javac
   * refuses to implement because it inherits apply with two return types; the JVM does not mind, so
   * the class is made as a lambda's is.
   */
  @SuppressWarnings("unchecked")
  DiffFunction<DenseVector<Object>> asDiffFunction() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle calculate =
          lookup.findVirtual(
              FullBatchObjective.class,
              "calculate",
              MethodType.methodType(Tuple2.class, DenseVector.class));
      return (DiffFunction<DenseVector<Object>>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "calculate",
                  MethodType.methodType(DiffFunction.class, FullBatchObjective.class),
                  MethodType.methodType(Tuple2.class, Object.class),
                  calculate,
                  MethodType.methodType(Tuple2.class, DenseVector.class))
              .getTarget()
              .invoke(this);
    } catch (Throwable impossible) {
      throw new IllegalStateException("Breeze's DiffFunction has changed its shape.", impossible);
    }
  }
}
