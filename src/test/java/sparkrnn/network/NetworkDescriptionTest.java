package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.network.Specs.pooled;
import static sparkrnn.network.Specs.residual;

import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {

  /** Counts as Keras' summary() gives them for the same layers. */
  @Test
  void layersShapesAndCountsAreThoseOfKeras() {
    NetworkSpec spec =
        network(8, 2, "mse", layer("lstm", 128), layer("gru", 64), layer("simpleRnn", 32, "relu"));
    assertThat(new Network(spec).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                 Output Shape                Param #
            ________________________________________________________________
            lstm_0 (LSTM)                (None, None, 128)            70,144
            gru_1 (GRU)                  (None, None, 64)             37,248
            simple_rnn_2 (SimpleRNN)     (None, 32)                    3,104
            dense (Dense)                (None, 2)                        66
            ________________________________________________________________
            Total params: 110,562
            """);
  }

  /** Rows as Keras prints them for Bidirectional(LSTM), Bidirectional(GRU) and the pooling. */
  @Test
  void bidirectionalLayersAreTwiceAsWide() {
    NetworkSpec spec =
        pooled("mean", network(8, 2, "mse", bidirectional("lstm", 128), bidirectional("gru", 64)));
    assertThat(new Network(spec).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                                       Output Shape                Param #
            ______________________________________________________________________________________
            bidirectional_0 (Bidirectional)                    (None, None, 256)           140,288
            bidirectional_1 (Bidirectional)                    (None, None, 128)           123,648
            global_average_pooling1d (GlobalAveragePooling1D)  (None, 128)                       0
            dense (Dense)                                      (None, 2)                       258
            ______________________________________________________________________________________
            Total params: 264,194
            """);
  }

  /** As Keras' summary() prints layers.Add. */
  @Test
  void residualLayersAreAdded() {
    NetworkSpec spec =
        network(
            3, 1, "mse", layer("lstm", 8), residual(layer("lstm", 8)), residual(layer("gru", 8)));
    assertThat(new Network(spec).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                 Output Shape                Param #
            ________________________________________________________________
            lstm_0 (LSTM)                (None, None, 8)                 384
            lstm_1 (LSTM)                (None, None, 8)                 544
            add_1 (Add)                  (None, None, 8)                   0
            gru_2 (GRU)                  (None, 8)                       432
            add_2 (Add)                  (None, 8)                         0
            dense (Dense)                (None, 1)                         9
            ________________________________________________________________
            Total params: 1,369
            """);
  }

  /** Counts of Keras' Dense(16, "tanh") and Dense(1, use_bias=False) together. */
  @Test
  void attentionHasParameters() {
    NetworkSpec spec = pooled("attention", network(8, 2, "mse", bidirectional("gru", 8)));
    assertThat(new Network(spec).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                          Output Shape                Param #
            _________________________________________________________________________
            bidirectional_0 (Bidirectional)       (None, None, 16)                864
            attention_pooling (AttentionPooling)  (None, 16)                      288
            dense (Dense)                         (None, 2)                        34
            _________________________________________________________________________
            Total params: 1,186
            """);
  }

  /** 4 * 32 of LSTM(8) on 3 features, 4 * 32 + 2 * 8 of the norms. */
  @Test
  void normalizedLayerHasGainsAndShifts() {
    assertThat(new Network(network(3, 1, "mse", layer("layerNormLstm", 8))).describe())
        .contains("layer_norm_lstm_0 (LayerNormLSTM)")
        .contains(" 528" + System.lineSeparator());
  }

  @Test
  void bidirectionalLayerAtTheTop() {
    assertThat(new Network(network(1, 1, "mse", bidirectional("simpleRnn", 3))).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                     Output Shape                Param #
            ____________________________________________________________________
            bidirectional_0 (Bidirectional)  (None, 6)                        30
            dense (Dense)                    (None, 1)                         7
            ____________________________________________________________________
            Total params: 37
            """);
  }

  @Test
  void seedNetwork() {
    assertThat(new Network(network(1, 1, "mse", layer("simpleRnn", 128, "relu"))).describe())
        .isEqualToNormalizingNewlines(
            """
            Layer (type)                 Output Shape                Param #
            ________________________________________________________________
            simple_rnn_0 (SimpleRNN)     (None, 128)                  16,640
            dense (Dense)                (None, 1)                       129
            ________________________________________________________________
            Total params: 16,769
            """);
  }
}
