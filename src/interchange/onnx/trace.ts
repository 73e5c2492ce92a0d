import type { Tensor, Variable } from '../../graph/tensor';
import type { GraphBuilder } from './builder';
import { OnnxError } from './error';

/** What a variable of the graph is in the file. */
export interface Leaf {
  readonly value: string;
  /** The layer that a parameter belongs to; names of nodes begin with it. */
  readonly layer?: string;
}

/** Everything that `outputs` are computed from, inputs first. */
const inOrder = (outputs: readonly Tensor[]): Tensor[] => {
  const found = new Set<Tensor>();
  const open = [...outputs];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    open.push(...tensor.inputs);
  }
  // Ids count up as tensors are made.
  return [...found].sort((a, b) => a.id - b.id);
};

const refuse = ({ operation, lowering }: Tensor): never => {
  throw new OnnxError(
    lowering.kind === 'setting'
      ? `The setting ${lowering.name} has no value in a file; build the graph with a constant.`
      : `The operation ${operation} has no ONNX mapping, so this graph cannot be written.`,
  );
};

/**
 * Writes the graph that computes `outputs` and returns the names of their values. `leafOf` says what
 * variables are: inputs of the file or parameters in it. Throws OnnxError for an operation without a
 * mapping, by its name.
 */
export const traceGraph = (
  builder: GraphBuilder,
  outputs: readonly Tensor[],
  leafOf: (variable: Variable) => Leaf,
): string[] => {
  const values = new Map<Tensor, string>();
  const layers = new Map<Tensor, { readonly name: string; readonly own: boolean }>();
  const value = (tensor: Tensor): string => {
    const name = values.get(tensor);
    if (name === undefined)
      throw new RangeError(`${tensor.operation} reads what is no input of it.`);
    return name;
  };

  for (const tensor of inOrder(outputs)) {
    if (tensor.lowering.kind === 'variable') {
      const { value: name, layer } = leafOf(tensor.lowering.variable);
      values.set(tensor, name);
      if (layer !== undefined) layers.set(tensor, { name: layer, own: true });
      continue;
    }
    // A node belongs to the layer whose parameters it reads, or goes on from that of its last input.
    const known = tensor.inputs.map((input) => layers.get(input)).filter((layer) => !!layer);
    const layer = known.find(({ own }) => own) ?? known.at(-1);
    if (layer) {
      const own = layer.own && tensor.operation === 'broadcastTo';
      layers.set(tensor, { name: layer.name, own });
    }
    const alone = tensor.lowering.kind === 'kernel' ? tensor.operation : '';
    builder.scope = layer?.name ?? alone;
    const mapping = tensor.onnx ?? refuse(tensor);
    const name = mapping({
      value,
      node: (...parts) => builder.node(...parts),
      floats: (numbers) => builder.floats(numbers),
      integers: (numbers) => builder.integers(numbers),
      reshape: (...parts) => builder.reshape(...parts),
      expand: (...parts) => builder.expand(...parts),
    });
    builder.describe(name, tensor.dtype === 'f32' ? 'float32' : 'int64', tensor.shape);
    values.set(tensor, name);
  }
  builder.scope = '';
  return outputs.map(value);
};
