import type { Gpu } from '../gpu/gpu';
import type { KernelChoice } from './kernel';
import { sharingLanes } from './ops/tiles';

/** All variants, what suits GPUs first. */
export const VARIANTS = {
  matmul: ['tiled', 'halfTiled', 'blocked', 'lanes4', 'lanes8'],
  reduce: ['tree', 'subgroup', 'serial'],
} as const satisfies { readonly [Kind in keyof KernelChoice]: readonly KernelChoice[Kind][] };

/** What a device has that not every device does. */
export type Abilities = Pick<Gpu, 'extensions' | 'subgroupLanes'>;

const NONE: Abilities = { extensions: new Set(), subgroupLanes: null };

/** Whether a device can run a choice. */
export const isRunnable = (
  choice: KernelChoice,
  { extensions, subgroupLanes }: Abilities,
): boolean => {
  if (choice.matmul === 'halfTiled' && !extensions.has('f16')) return false;
  if (choice.reduce === 'subgroup' && !extensions.has('subgroups')) return false;
  const lanes = sharingLanes(choice);
  return lanes === null || lanes === subgroupLanes;
};

/** Whether a choice takes more than every device can do, so that it must first be tried. */
export const isOptional = (choice: KernelChoice): boolean => !isRunnable(choice, NONE);

/** What suits GPUs. */
const GPU_CHOICE: KernelChoice = { matmul: 'tiled', reduce: 'tree' };

/** What suits CPUs that stand in for a GPU: lanes that share where subgroups are of that size. */
export const cpuChoice = ({ subgroupLanes }: Pick<Gpu, 'subgroupLanes'>): KernelChoice => ({
  matmul: subgroupLanes === 4 ? 'lanes4' : subgroupLanes === 8 ? 'lanes8' : 'blocked',
  reduce: 'serial',
});

/** The choices that differ in one kind of kernel, of those that a device can run; for GPUs first. */
export const candidates = (
  abilities: Abilities,
): Readonly<Record<keyof KernelChoice, readonly KernelChoice[]>> => {
  const { matmul, reduce } = cpuChoice(abilities);
  const runnable = (choices: readonly KernelChoice[]) =>
    choices.filter((choice) => isRunnable(choice, abilities));
  return {
    matmul: runnable([
      GPU_CHOICE,
      { ...GPU_CHOICE, matmul: 'halfTiled' },
      { ...GPU_CHOICE, matmul },
    ]),
    reduce: runnable([
      GPU_CHOICE,
      { ...GPU_CHOICE, reduce: 'subgroup' },
      { ...GPU_CHOICE, reduce },
    ]),
  };
};

/** The same choice without half precision: its tiles are kept in f32. */
export const inSinglePrecision = (choice: KernelChoice): KernelChoice =>
  choice.matmul === 'halfTiled' ? { ...choice, matmul: 'tiled' } : choice;
