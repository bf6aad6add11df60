/**
 * How parameters and gradients cross between the driver and the workers of a fit: in process, over
 * Spark's own RPC, past the driver from worker to worker, or by one Spark job per round.
 *
 * <p>May import linalg of ours, and Spark; nobody else imports Spark's network library. Begin
 * reading at {@link sparkrnn.exchange.Exchange}, then {@link sparkrnn.exchange.BarrierStage}.
 */
package sparkrnn.exchange;
