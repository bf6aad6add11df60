/**
 * A network as an ONNX file, which other runtimes compute.
 *
 * <p>May import network, with its cells, layers and losses, and parameter; no Spark. Begin reading
 * at {@link sparkrnn.onnx.OnnxModel}.
 */
package sparkrnn.onnx;
