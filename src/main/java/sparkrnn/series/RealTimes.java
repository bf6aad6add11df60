package sparkrnn.series;

/**
 * Times that are floating point numbers; a distance is regular within a thousandth of a time step.
 *
 * @param step 0 if none is set
 */
public record RealTimes(double step) implements TimeAxis {

  private static final double TOLERANCE = 1e-3;

  @Override
  public boolean has(Object time) {
    return Double.isFinite(((Number) time).doubleValue());
  }

  @Override
  public boolean same(Object one, Object other) {
    // Unlike compareTo, and like Spark's order, takes -0.0 for 0.0.
    return distance(one, other) == 0;
  }

  @Override
  public long steps(Object from, Object to) {
    if (step == 0) {
      return 1;
    }
    double steps = distance(from, to) / step;
    long whole = Math.round(steps);
    return whole >= 1 && Math.abs(steps - whole) <= TOLERANCE ? whole : IRREGULAR;
  }

  @Override
  public Object between(Object from, Object to, long index, long steps) {
    double time = ((Number) from).doubleValue() + distance(from, to) * index / steps;
    return from instanceof Float ? (Object) (float) time : (Object) time;
  }

  @Override
  public Object after(Object time, long steps) {
    double later = ((Number) time).doubleValue() + steps * step;
    return time instanceof Float ? (Object) (float) later : (Object) later;
  }

  @Override
  public double distance(Object from, Object to) {
    return ((Number) to).doubleValue() - ((Number) from).doubleValue();
  }
}
