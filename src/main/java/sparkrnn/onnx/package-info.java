/**
 * A network as an ONNX file, which other runtimes compute.
 *
 * <p>May import network, with its cells, layers and losses, parameter and protobuf; no Spark. Begin
 * reading at {@link sparkrnn.onnx.OnnxModel}.
 */
package sparkrnn.onnx;
