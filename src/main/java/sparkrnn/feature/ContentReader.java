package sparkrnn.feature;

import java.io.Serializable;

/** Turns the content of one row into a sequence; sent to executors. */
interface ContentReader extends Serializable {

  /**
   * The time steps by features.
   *
   * @param content the value of the column as Spark hands it to Java, not null
   * @throws UnusableContentException if there is no sequence in it
   */
  float[][] read(Object content) throws UnusableContentException;
}
