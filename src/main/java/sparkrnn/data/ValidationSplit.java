package sparkrnn.data;

/**
 * How sequences are held out for validation where no column marks them.
 *
 * @param fraction in [0, 1); 0 holds out nothing
 * @param kind "random" (by content and seed), "time" (the largest values of column) or "key" (all
 *     rows of a value of column together)
 * @param column orders the rows for "time", groups them for "key"; empty for "random"
 */
public record ValidationSplit(double fraction, String kind, String column) {}
