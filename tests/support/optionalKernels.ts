import { KERNEL_CHOICES } from './evaluate';
import { adapterExtensions } from './gpu';
import { isRunnable } from '../../src/graph/variants';
import type { KernelChoice } from '../../src/graph/kernel';

/** What only some adapters can run. */
const abilities = { extensions: await adapterExtensions(), subgroupLanes: null };
const runnable = (choice: KernelChoice): KernelChoice[] =>
  isRunnable(choice, abilities) ? [choice] : [];

/** Products in half precision, where the adapter has them: one choice or none. */
export const HALF_CHOICES = runnable({ matmul: 'halfTiled', reduce: 'serial' });

/** Every way in which rows are summed on this adapter. */
export const SUM_CHOICES: readonly KernelChoice[] = [
  ...KERNEL_CHOICES,
  ...runnable({ matmul: 'tiled', reduce: 'subgroup' }),
];
