/**
 * A whole network: recurrent layers, a dense head, a loss, forward and back.
 *
 * <p>May import layer and what layer imports, and loss. Begin reading at {@link
 * sparkrnn.network.Network}.
 */
package sparkrnn.network;
