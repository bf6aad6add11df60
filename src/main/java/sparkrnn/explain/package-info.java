/**
 * Why a network says what it says: what each feature of each time step did to an output. And how it
 * learns: how much of the gradient reaches each time step.
 *
 * <p>May import network and what network imports. Begin reading at {@link
 * sparkrnn.explain.PathIntegral}.
 */
package sparkrnn.explain;
