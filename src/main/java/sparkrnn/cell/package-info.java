/**
 * Recurrent cells: the equations of each, forward in time and back, one file each.
 *
 * <p>A new cell is one file here, one constant in {@link sparkrnn.cell.CellType} and one subclass
 * of the contract test. May import linalg, random, parameter and sequence. Begin reading at {@link
 * sparkrnn.cell.LstmCell}.
 */
package sparkrnn.cell;
