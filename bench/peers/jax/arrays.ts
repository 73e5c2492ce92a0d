import { numpy as np } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { HostTensor } from '../problems/tensor';
import type { Weights } from '../problems/weights';

/** Every function consumes its arguments, as jax-js asks; `ref` keeps a hold of one. */

export const onDevice = ({ shape, data }: HostTensor): JaxArray =>
  np.array(data, { shape: [...shape] });

/** Prompts (B, A). */
export const promptsOnDevice = (rows: Int32Array, batch: number): JaxArray =>
  np.array(rows, { shape: [batch, rows.length / batch] });

export const scalar = (value: number): JaxArray => np.array(Float32Array.of(value), { shape: [] });

/** A tree made of one with the same names. */
export const mapTree = <From>(
  entries: Iterable<readonly [string, From]>,
  make: (from: From) => JaxArray,
): Tree => Object.fromEntries([...entries].map(([name, from]) => [name, make(from)]));

export const weightsOnDevice = (weights: Weights): Tree => mapTree(weights, onDevice);

export const zerosLike = (of: Tree): Tree =>
  mapTree(Object.entries(of), (array) => np.zerosLike(array.ref));

export const readArray = async (array: JaxArray): Promise<HostTensor> => ({
  shape: array.shape,
  data: Float32Array.from(await array.ref.data()),
});

export const take = (from: Tree, name: string): JaxArray => {
  const found = from[name];
  if (!found) throw new RangeError(`There is no array ${name}.`);
  return found;
};

export const at = (list: readonly JaxArray[], index: number): JaxArray => {
  const found = list[index];
  if (!found) throw new RangeError(`There is no array ${index}.`);
  return found;
};
