package sparkrnn.formats;

import sparkrnn.network.NetworkSpec;

/**
 * What a file of another library makes here.
 *
 * @param spec what the file says of the network, and our defaults where it says nothing
 * @param parameters in the layout of the network
 */
public record ImportedNetwork(NetworkSpec spec, float[] parameters) {}
