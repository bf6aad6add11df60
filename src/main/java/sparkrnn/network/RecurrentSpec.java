package sparkrnn.network;

import java.io.Serializable;

/**
 * One recurrent layer.
 *
 * @param cell "simpleRnn", "lstm" or "gru"
 * @param units width of the hidden state, at least 1
 * @param activation "tanh" or "relu"; "relu" only for "simpleRnn"
 * @param kernelInitializer Keras' name: "glorot_uniform", "zeros", …
 * @param recurrentInitializer Keras' name: "orthogonal", "identity", …
 */
public record RecurrentSpec(
    String cell,
    int units,
    String activation,
    String kernelInitializer,
    String recurrentInitializer)
    implements Serializable {}
