/**
 * Networks as files of Keras and of PyTorch, out and in.
 *
 * <p>May import network, with its cells and poolings, parameter and safetensors; no Spark. Begin
 * reading at {@link sparkrnn.formats.ImportedNetwork}.
 */
package sparkrnn.formats;
