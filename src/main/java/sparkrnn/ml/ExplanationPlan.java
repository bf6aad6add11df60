package sparkrnn.ml;

import java.io.Serializable;
import sparkrnn.network.NetworkSpec;

/**
 * What is explained of a network, and how; checked.
 *
 * @param baseline one number for each feature
 * @param timeStep whose output it is, below 0 from the end on; null where a sequence has one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ExplanationPlan(
    NetworkSpec spec,
    OutputChoice choice,
    Integer timeStep,
    double[] baseline,
    IntegratedGradients how)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The time step whose output is explained in a sequence of so many; it may lie outside. */
  int timeStep(int timeSteps) {
    if (timeStep == null) {
      return 0;
    }
    return timeStep < 0 ? timeSteps + timeStep : timeStep;
  }
}
