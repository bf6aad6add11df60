package sparkrnn.feature;

/** What became of the rows of one series. */
final class SeriesCounts {

  private final WindowPlan plan;
  private long rows;
  private long windows;
  private long withoutTarget;
  private long strideRows;
  private long stretches;
  private long longest;
  private long shortStretches;
  private long shortStretchRows;

  SeriesCounts(WindowPlan plan) {
    this.plan = plan;
  }

  /** Counts a stretch of rows without a gap, which ends here. */
  void endStretch(long length) {
    if (length == 0) {
      return;
    }
    rows += length;
    stretches++;
    longest = Math.max(longest, length);
    if (length < plan.span()) {
      shortStretches++;
      shortStretchRows += length;
      return;
    }
    long made = (length - plan.span()) / plan.stride() + 1;
    windows += made;
    withoutTarget += (length - plan.windowSize()) / plan.stride() + 1 - made;
    strideRows += (length - plan.span()) % plan.stride();
  }

  long rows() {
    return rows;
  }

  long windows() {
    return windows;
  }

  /** Places where a window would end if its target were there. */
  long withoutTarget() {
    return withoutTarget;
  }

  /** Rows at the ends of stretches that no window and no target reaches because of the stride. */
  long strideRows() {
    return strideRows;
  }

  long stretches() {
    return stretches;
  }

  long longest() {
    return longest;
  }

  long shortStretches() {
    return shortStretches;
  }

  long shortStretchRows() {
    return shortStretchRows;
  }
}
