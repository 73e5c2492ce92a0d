import { broadcastShapes, sameShape, type Shape } from './shape';
import type { Tensor } from './tensor';

/**
 * How an operation is written in an ONNX file: a function that adds nodes through an emitter and
 * returns the name of the result. The mapping lies with its operation; the writer that implements the
 * emitter is in `interchange/onnx`.
 */
export type OnnxMapping = (emitter: OnnxEmitter) => string;

/** An attribute of a node: an INT, INTS, or a FLOAT. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number };

/** What mappings write through. Values are known by name; equal nodes and constants are one. */
export interface OnnxEmitter {
  /** The value of an input of the operation. */
  value(tensor: Tensor): string;
  /** Adds a node with one result; `type` is an operator of the default domain. */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): string;
  /** A float constant: a number is a scalar, a list has one axis. */
  floats(values: number | readonly number[]): string;
  /** An int64 constant: a number is a scalar, a list has one axis. */
  integers(values: number | readonly number[]): string;
  /** The same values under another shape, for whatever batch the file is run with. */
  reshape(value: string, from: Shape, to: Shape): string;
  /** Stretched to a shape, for whatever batch the file is run with. */
  expand(value: string, to: Shape): string;
}

/**
 * The values of operands of one shape for a node that broadcasts by itself: what was stretched only to
 * meet the others is read as it was before.
 */
export const broadcastOperands = (emitter: OnnxEmitter, tensors: readonly Tensor[]): string[] => {
  const sources = tensors.map((tensor) =>
    tensor.operation === 'broadcastTo' ? (tensor.inputs[0] ?? tensor) : tensor,
  );
  const met = sources.reduce<Shape>(
    (shape, source) => broadcastShapes('broadcastOperands', shape, source.shape),
    [],
  );
  const enough = tensors[0] && sameShape(met, tensors[0].shape);
  return (enough ? sources : tensors).map((tensor) => emitter.value(tensor));
};
