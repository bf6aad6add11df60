package sparkrnn.ml;

import sparkrnn.network.NetworkSpec;
import sparkrnn.training.TrainingHistory;

/** What a fit leaves. */
record TrainedNetwork(NetworkSpec spec, float[] parameters, TrainingHistory history) {}
