package sparkrnn.cell;

/** Which rows of h the layers above read, so which rows of dh hold a gradient. */
public enum GradientReach {
  /** All rows. */
  ALL_ROWS,
  /** The last row of each sequence; what the other rows of dh hold is not read. */
  LAST_ROWS
}
