/**
 * Random numbers by counter: the same value on every machine, in any order of asking.
 *
 * <p>May import nothing of ours. Begin reading at {@link sparkrnn.random.CounterRandom}.
 */
package sparkrnn.random;
