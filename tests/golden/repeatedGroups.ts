import type { SafetensorsFile } from '../../src/interchange/safetensors';

/**
 * Gradients of different losses differ. Where a file holds the same values under several of them,
 * they were saved by reference and a later backward pass wrote over them, so at most one group is
 * what its name says.
 */

/** All prefixes of the file's gradients: `forward.grad.`, `gen.caRaw.grad.`, ... */
export const gradientGroups = (file: SafetensorsFile): string[] => [
  ...new Set(
    [...file.tensors.keys()].flatMap((name) => {
      const prefix = /^.*?\.grad\./.exec(name)?.[0];
      return prefix === undefined ? [] : [prefix];
    }),
  ),
];

/**
 * The other gradient groups that hold, bit for bit, the values of the group `prefix` in every tensor
 * that both have; none when the file's group can be believed. All-zero tensors tell nothing.
 */
export const groupsRepeating = (file: SafetensorsFile, prefix: string): string[] =>
  gradientGroups(file).filter((other) => other !== prefix && repeats(file, prefix, other));

const repeats = (file: SafetensorsFile, prefix: string, other: string): boolean => {
  let telling = 0;
  for (const { name, data } of file.tensors.values()) {
    if (!name.startsWith(prefix)) continue;
    const twin = file.tensors.get(other + name.slice(prefix.length))?.data;
    if (!twin) continue;
    if (data.length !== twin.length || data.some((value, i) => !Object.is(value, twin[i]))) {
      return false;
    }
    if (data.some((value) => value !== 0)) telling++;
  }
  return telling > 0;
};
