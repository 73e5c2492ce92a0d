import { loadNodeRuntime } from '../../src/cli/onnxRuntime';
import type { Shape } from '../../src/graph/shape';
import type { Tensor, Variable } from '../../src/graph/tensor';
import { GraphBuilder } from '../../src/interchange/onnx/builder';
import { OnnxSession, type OnnxValue } from '../../src/interchange/onnx/session';
import { traceGraph } from '../../src/interchange/onnx/trace';

/** A graph whose variables are its inputs, called 0, 1, 2, and whose outputs are y0, y1. */
export const writeGraph = (
  outputs: readonly Tensor[],
  inputs: readonly Variable[],
): Uint8Array<ArrayBuffer> => {
  const builder = new GraphBuilder();
  const leaves = new Map(
    inputs.map((variable, index) => [
      variable,
      builder.input(
        String(index),
        variable.dtype === 'f32' ? 'float32' : 'int64',
        variable.shape,
        '',
      ),
    ]),
  );
  const values = traceGraph(builder, outputs, (leaf) => {
    const value = leaves.get(leaf);
    if (value === undefined) throw new RangeError(`${leaf.name} is no input.`);
    return { value };
  });
  for (const [index, value] of values.entries()) {
    builder.output(`y${index}`, value, outputs[index]?.shape ?? [], '');
  }
  return builder.write({ name: 'test', description: '', version: '', metadata: {} });
};

/** Values of an input of a test. */
export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

/** Runs a file of `writeGraph` in ONNX Runtime; one array an output. */
export const runFile = async (
  file: Uint8Array<ArrayBuffer>,
  inputs: readonly Values[],
): Promise<Float32Array[]> => {
  const session = await OnnxSession.open(file, loadNodeRuntime);
  try {
    const feeds = inputs.map(({ shape, data }, index): [string, OnnxValue] => [
      String(index),
      data instanceof Float32Array
        ? { type: 'float32', shape, data }
        : { type: 'int64', shape, data: BigInt64Array.from(data, BigInt) },
    ]);
    return Object.values(await session.run(Object.fromEntries(feeds)));
  } finally {
    await session.destroy();
  }
};
