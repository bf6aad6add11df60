package sparkrnn.data;

import java.io.Serializable;
import java.util.List;

/**
 * What one worker holds: consecutive virtual partitions of the training and of the validation data.
 *
 * @param worker its number, from 0
 * @param training in the order of their indices
 * @param validation in the order of their indices; empty without validation data
 */
public record WorkerShare(
    int worker, List<VirtualPartition> training, List<VirtualPartition> validation)
    implements Serializable {}
