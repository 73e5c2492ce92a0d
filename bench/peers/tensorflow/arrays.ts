import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { HostTensor } from '../problems/tensor';
import type { Weights } from '../problems/weights';

export const onDevice = ({ shape, data }: HostTensor): Tensor => tf.tensor(data, [...shape]);

/** Prompts (B, A). */
export const promptsOnDevice = (rows: Int32Array, batch: number): Tensor =>
  tf.tensor(rows, [batch, rows.length / batch], 'int32');

export type TensorMap = ReadonlyMap<string, Tensor>;

export type VariableMap = ReadonlyMap<string, tf.Variable>;

export const frozenWeights = (weights: Weights): TensorMap =>
  new Map([...weights].map(([name, tensor]) => [name, onDevice(tensor)]));

export const variables = (weights: Weights): VariableMap =>
  new Map([...weights].map(([name, tensor]) => [name, tf.variable(onDevice(tensor))]));

export const readTensor = async (tensor: Tensor): Promise<HostTensor> => ({
  shape: tensor.shape,
  data: Float32Array.from(await tensor.data()),
});

/** Reads a result that nobody needs on the device any more. */
export const readAndFree = async (tensor: Tensor): Promise<Float32Array> => {
  const data = await tensor.data();
  tensor.dispose();
  return data;
};

export const at = (list: readonly Tensor[], index: number): Tensor => {
  const found = list[index];
  if (!found) throw new RangeError(`There is no tensor ${index}.`);
  return found;
};
