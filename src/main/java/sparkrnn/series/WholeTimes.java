package sparkrnn.series;

/**
 * Times that are whole numbers.
 *
 * @param step 0 if none is set
 */
public record WholeTimes(long step) implements TimeAxis {

  @Override
  public long steps(Object from, Object to) {
    if (step == 0) {
      return 1;
    }
    long difference = difference(from, to);
    return difference % step == 0 ? difference / step : IRREGULAR;
  }

  @Override
  public Object between(Object from, Object to, long index, long steps) {
    return after(from, index);
  }

  @Override
  public Object after(Object from, long index) {
    long time = Math.addExact(((Number) from).longValue(), Math.multiplyExact(index, step));
    if (from instanceof Long) {
      return time;
    } else if (from instanceof Integer) {
      return (int) time;
    } else if (from instanceof Short) {
      return (short) time;
    }
    return (byte) time;
  }

  @Override
  public double distance(Object from, Object to) {
    return difference(from, to);
  }

  private static long difference(Object from, Object to) {
    return Math.subtractExact(((Number) to).longValue(), ((Number) from).longValue());
  }
}
