package sparkrnn.cell;

/**
 * Where the parameters of one cell begin in the flat array.
 *
 * @param kernelAt W (F, gates * H)
 * @param recurrentKernelAt U (H, gates * H)
 * @param biasAt b (gates * H), or as the cell says
 */
public record GateParameters(int kernelAt, int recurrentKernelAt, int biasAt) {}
