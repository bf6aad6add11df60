/**
 * The one flat array of parameters: where each tensor stands in it, and its first values.
 *
 * <p>May import linalg and random. Begin reading at {@link sparkrnn.parameter.ParameterLayout}.
 */
package sparkrnn.parameter;
