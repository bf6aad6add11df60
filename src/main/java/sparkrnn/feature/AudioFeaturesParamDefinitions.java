package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link AudioFeaturesParams} of one stage, without those of its columns. */
public final class AudioFeaturesParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> features;
  final IntParam sampleRate;
  final DoubleParam windowMillis;
  final DoubleParam hopMillis;
  final IntParam numMels;
  final IntParam numCoefficients;
  final DoubleParam minFrequency;
  final DoubleParam maxFrequency;
  final DoubleParam preemphasis;
  final IntParam deltas;
  final Param<String> normalize;

  AudioFeaturesParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    features =
        params.text(
            "features",
            "what a frame holds: logMel, the natural logarithms of the energies of numMels bands;"
                + " mfcc, the first numCoefficients cosine coefficients of these",
            Check.oneOf("logMel", "mfcc"));
    sampleRate =
        params.wholeNumber(
            "sampleRate",
            "samples a second, in hertz, that every recording must have; nothing is resampled",
            Check.wholeNumberFrom(1));
    windowMillis =
        params.number(
            "windowMillis",
            "length of a frame in milliseconds, of 2 to 4096 samples; what is left behind the last"
                + " whole frame is not used",
            Check.positiveNumber());
    hopMillis =
        params.number(
            "hopMillis",
            "time from the begin of a frame to that of the next, in milliseconds, at least a sample",
            Check.positiveNumber());
    numMels =
        params.wholeNumber(
            "numMels",
            "bands of equal width on the mel scale, at least 1; each must hold a frequency of the"
                + " Fourier transform",
            Check.wholeNumberFrom(1));
    numCoefficients =
        params.wholeNumber(
            "numCoefficients",
            "cepstral coefficients of a frame, from the 0th on, at most numMels, where features is"
                + " mfcc",
            Check.wholeNumberFrom(1));
    minFrequency =
        params.number(
            "minFrequency",
            "where the lowest band begins, in hertz, at least 0",
            Check.numberFrom(0, Double.POSITIVE_INFINITY));
    maxFrequency =
        params.number(
            "maxFrequency",
            "where the highest band ends, in hertz, at most half of sampleRate; 0 stands for that"
                + " half",
            Check.numberFrom(0, Double.POSITIVE_INFINITY));
    preemphasis =
        params.number(
            "preemphasis",
            "p in y(t) = x(t) - p x(t-1), which lifts high frequencies before the frames are cut;"
                + " at least 0 and below 1; 0 leaves the samples as they are",
            Check.numberFrom(0, 1));
    deltas =
        params.wholeNumber(
            "deltas",
            "how many orders of deltas, slopes over five frames, follow the features of a frame: 0,"
                + " 1 or 2",
            Check.wholeNumberBetween(0, 2));
    normalize =
        params.text(
            "normalize",
            "none, or perFile: each feature less its mean over the recording, divided by its"
                + " standard deviation there; SequenceScaler does so over all recordings",
            Check.oneOf("none", "perFile"));
    setDefaults(stage);
  }

  private void setDefaults(Params stage) {
    stage.setDefault(features, "mfcc");
    stage.setDefault(sampleRate, 16_000);
    stage.setDefault(windowMillis, 25.0);
    stage.setDefault(hopMillis, 10.0);
    stage.setDefault(numMels, 40);
    stage.setDefault(numCoefficients, 13);
    stage.setDefault(minFrequency, 0.0);
    stage.setDefault(maxFrequency, 0.0);
    stage.setDefault(preemphasis, 0.97);
    stage.setDefault(deltas, 0);
    stage.setDefault(normalize, "none");
  }
}
