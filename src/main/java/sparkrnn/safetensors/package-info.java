/**
 * The open weight file that other tools read too: named float32 tensors behind a JSON header.
 *
 * <p>A file is untrusted: nothing is allocated that the file's own size does not pay for.
 *
 * <p>May import: parameter. Begin reading at {@link sparkrnn.safetensors.SafetensorsReader}.
 */
package sparkrnn.safetensors;
