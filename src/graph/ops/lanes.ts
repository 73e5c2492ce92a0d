import tree from '../../../shaders/reduce/lanes_tree.wgsl?raw';
import serial from '../../../shaders/reduce/lanes_serial.wgsl?raw';
import { ceilDivide, spreadWorkgroups, type KernelChoice } from '../kernel';

/** Rows per workgroup of the two lane files; a unit test pins them to the WGSL constants. */
export const ROWS_PER_WORKGROUP = { tree: 1, serial: 16 } as const;

/** The lane file for this adapter, followed by a row kernel. */
export const withLanes = (choice: KernelChoice, source: string): string =>
  `${choice.reduce === 'tree' ? tree : serial}\n${source}`;

/** Workgroups of a row kernel. */
export const rowWorkgroups = (choice: KernelChoice, rows: number): [number, number, number] =>
  spreadWorkgroups(ceilDivide(rows, ROWS_PER_WORKGROUP[choice.reduce]));
