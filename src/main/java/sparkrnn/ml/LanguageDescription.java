package sparkrnn.ml;

import java.io.Serializable;
import sparkrnn.data.Vocabulary;

/**
 * What a saved language model keeps besides its network.
 *
 * @param vocabulary the tokens in the order of the outputs
 * @param trainingTokens predicted in one epoch of the fit
 * @param validationTokens predicted in its validation; 0 without one
 */
record LanguageDescription(Vocabulary vocabulary, long trainingTokens, long validationTokens)
    implements Serializable {}
