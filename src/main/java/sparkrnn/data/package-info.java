/**
 * From rows to packed shards: columns are read and checked, rows ranked by their content and spread
 * over virtual partitions, and a plan says which sequence is in which batch.
 *
 * <p>May import sequence, random and versions of ours, and Spark. Begin reading at {@link
 * sparkrnn.data.PackedDataset}, then {@link sparkrnn.data.BatchPlan}.
 */
package sparkrnn.data;
