package sparkrnn.series;

import java.io.Serializable;

/** The times of one column as Spark hands them to a row function: distances, steps, text. */
public interface TimeAxis extends Serializable {

  /** What {@link #steps} gives for a distance that is no whole number of time steps. */
  long IRREGULAR = -1;

  /** Whether a time, which is not null, has a place on the axis; NaN has none. */
  default boolean has(Object time) {
    return true;
  }

  /** Whether two times are one. */
  @SuppressWarnings("unchecked")
  default boolean same(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other) == 0;
  }

  /**
   * How many time steps lie between a time and a later one: 1 if none is missing or if no time step
   * is set, {@link #IRREGULAR} if it is no whole number.
   */
  long steps(Object from, Object to);

  /**
   * A time between two others, of their type.
   *
   * @param index how many time steps after from
   * @param steps how many time steps lie between from and to
   */
  Object between(Object from, Object to, long index, long steps);

  /**
   * The time so many time steps after another; a time step must be set.
   *
   * @param steps at least 0
   */
  Object after(Object time, long steps);

  /** How far a later time lies from an earlier one, in the axis' own unit. */
  double distance(Object from, Object to);

  /** A time as people write it. */
  default String show(Object time) {
    return String.valueOf(time);
  }
}
