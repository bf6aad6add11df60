package sparkrnn.exchange;

import java.nio.FloatBuffer;

/** What single workers get with a round, besides what all of them get. */
@FunctionalInterface
public interface RoundParts {

  /** Writes the part of one worker: as many numbers as {@link WorkerProgram#partCount} says. */
  void write(int worker, FloatBuffer into);
}
