/**
 * Messages in the wire format of protocol buffers, written field by field.
 *
 * <p>May import nothing of ours; no Spark. Begin reading at {@link
 * sparkrnn.protobuf.ProtobufMessage}.
 */
package sparkrnn.protobuf;
