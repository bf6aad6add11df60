package sparkrnn.feature;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** Params that say how sound becomes frames of features. */
public interface AudioFeaturesParams extends ContentParams {

  /** The params of sound, built once per stage. */
  AudioFeaturesParamDefinitions audioParams();

  /** What a frame holds: logMel or mfcc. */
  default Param<String> features() {
    return audioParams().features;
  }

  /** The value of {@link #features()}. */
  default String getFeatures() {
    return getOrDefault(features());
  }

  /** Samples a second, in hertz, that every recording must have. */
  default IntParam sampleRate() {
    return audioParams().sampleRate;
  }

  /** The value of {@link #sampleRate()}. */
  default int getSampleRate() {
    return (Integer) getOrDefault(sampleRate());
  }

  /** Length of a frame in milliseconds. */
  default DoubleParam windowMillis() {
    return audioParams().windowMillis;
  }

  /** The value of {@link #windowMillis()}. */
  default double getWindowMillis() {
    return (Double) getOrDefault(windowMillis());
  }

  /** Time from one frame to the next in milliseconds. */
  default DoubleParam hopMillis() {
    return audioParams().hopMillis;
  }

  /** The value of {@link #hopMillis()}. */
  default double getHopMillis() {
    return (Double) getOrDefault(hopMillis());
  }

  /** Bands of the mel scale. */
  default IntParam numMels() {
    return audioParams().numMels;
  }

  /** The value of {@link #numMels()}. */
  default int getNumMels() {
    return (Integer) getOrDefault(numMels());
  }

  /** Cepstral coefficients of a frame, where features is mfcc. */
  default IntParam numCoefficients() {
    return audioParams().numCoefficients;
  }

  /** The value of {@link #numCoefficients()}. */
  default int getNumCoefficients() {
    return (Integer) getOrDefault(numCoefficients());
  }

  /** Where the lowest band begins, in hertz. */
  default DoubleParam minFrequency() {
    return audioParams().minFrequency;
  }

  /** The value of {@link #minFrequency()}. */
  default double getMinFrequency() {
    return (Double) getOrDefault(minFrequency());
  }

  /** Where the highest band ends, in hertz; 0: half of sampleRate. */
  default DoubleParam maxFrequency() {
    return audioParams().maxFrequency;
  }

  /** The value of {@link #maxFrequency()}. */
  default double getMaxFrequency() {
    return (Double) getOrDefault(maxFrequency());
  }

  /** How much of each sample is taken from the next one. */
  default DoubleParam preemphasis() {
    return audioParams().preemphasis;
  }

  /** The value of {@link #preemphasis()}. */
  default double getPreemphasis() {
    return (Double) getOrDefault(preemphasis());
  }

  /** How many orders of deltas follow the features of a frame: 0, 1 or 2. */
  default IntParam deltas() {
    return audioParams().deltas;
  }

  /** The value of {@link #deltas()}. */
  default int getDeltas() {
    return (Integer) getOrDefault(deltas());
  }

  /** Whether each recording is scaled by its own statistics: none or perFile. */
  default Param<String> normalize() {
    return audioParams().normalize;
  }

  /** The value of {@link #normalize()}. */
  default String getNormalize() {
    return getOrDefault(normalize());
  }
}
