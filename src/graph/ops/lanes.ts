import serial from '../../../shaders/reduce/lanes_serial.wgsl?raw';
import subgroup from '../../../shaders/reduce/lanes_subgroup.wgsl?raw';
import tree from '../../../shaders/reduce/lanes_tree.wgsl?raw';
import { ceilDivide, spreadWorkgroups, type Dispatch, type KernelChoice } from '../kernel';

/** Rows per workgroup of the lane files; a unit test pins them to the WGSL constants. */
export const ROWS_PER_WORKGROUP = { tree: 1, subgroup: 1, serial: 16 } as const;

const LANES = { tree, subgroup, serial } as const;

/** A dispatch of a row kernel over so many rows: the lane file for this adapter, then the kernel. */
export const rowDispatch = (
  { reduce }: KernelChoice,
  source: string,
  rows: number,
): Pick<Dispatch, 'source' | 'enables' | 'workgroups'> => ({
  source: `${LANES[reduce]}\n${source}`,
  ...(reduce === 'subgroup' && { enables: ['subgroups'] }),
  workgroups: spreadWorkgroups(ceilDivide(rows, ROWS_PER_WORKGROUP[reduce])),
});
