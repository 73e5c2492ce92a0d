import { elementCount, refuseShapes, type Shape } from './shape';
import type { KernelLowering } from './kernel';
import type { OnnxMapping } from './onnx';

export type DType = 'f32' | 'i32' | 'u32';

/**
 * Persistent GPU memory that outlives a program: parameters, optimizer state, inputs, results.
 * Its contents belong to the runtime; the graph knows only name, shape and type.
 */
export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /** The variable whose memory this one is a window of, and where it begins (in elements). */
  readonly window?: { readonly of: Variable; readonly offset: number };
}

/** Writes the expression of one element; see `pointwise.ts`. */
export interface Emitter {
  /** WGSL expression of `tensor` at the linear index expression `index`. */
  value(tensor: Tensor, index: string): string;
  /** Binds an expression to a fresh `let` and returns its name. */
  let(expression: string): string;
  /**
   * An index constant that the host passes in, so that kernels that differ only in where they read
   * are one pipeline. One `key` stands for one constant.
   */
  offset(key: object, value: number): string;
}

/**
 * Entries of a first axis that lie apart in memory: entry i begins at `stride` times the smaller of
 * floor(i / first) and `last`. With `last` 1 the first `first` entries are one copy, the rest the next.
 */
export interface Scattered {
  readonly stride: number;
  readonly first: number;
  readonly last: number;
}

/** How a tensor comes to be. */
export type Lowering =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'constant'; readonly value: number }
  /** A scalar that the host may change before every run without planning again. */
  | { readonly kind: 'setting'; readonly name: string }
  /** Computed per element and fused into whatever reads it. */
  | {
      readonly kind: 'pointwise';
      readonly emit: (emitter: Emitter, index: string) => string;
      /** Rough cost of one element; above `INLINE_COST` a shared value is stored, not recomputed. */
      readonly cost: number;
      /** True when element i of the result is computed from elements i of the inputs. */
      readonly aligned: boolean;
      /** True when the result is its input's memory under another shape. */
      readonly alias?: boolean;
      /** Of a permutation: the index expression of where element `index` of the input goes. */
      readonly moves?: (emitter: Emitter, index: string) => string;
      /** Of a value with zeros around its input: the axis along which, and where the input begins. */
      readonly padding?: { readonly axis: number; readonly start: number };
      /** Where the entries lie in the only input, for kernels that read them there. */
      readonly scattered?: Scattered;
    }
  | { readonly kind: 'kernel'; readonly kernel: KernelLowering }
  /** Memory that what computes the inputs writes in place, each input its own part of it. */
  | {
      readonly kind: 'assembled';
      /** The index expression of where element `index` of input number `part` goes. */
      readonly place: (emitter: Emitter, part: number, index: string) => string;
    }
  /** What the kernel of its only input computes besides: one of its `results`. */
  | {
      readonly kind: 'result';
      readonly name: string;
      /** True for what is drawn: it depends on none of the kernel's inputs. */
      readonly drawn: boolean;
    };

/** One value of the graph. Made by the functions in `ops/`, never directly by models. */
export interface Tensor {
  /** Creation order, which is also a topological order. */
  readonly id: number;
  readonly operation: string;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly inputs: readonly Tensor[];
  readonly lowering: Lowering;
  /**
   * Gradients with respect to each input, from the gradient of this tensor; null where none. `wanted`
   * says which inputs' are asked for, where computing them together or alone makes a difference.
   */
  readonly gradient?: (gradient: Tensor, wanted: readonly boolean[]) => readonly (Tensor | null)[];
  /** How it is written in an ONNX file; absent where files never need it. */
  readonly onnx?: OnnxMapping;
}

let created = 0;

/** Makes a graph node. For `ops/` only. */
export const makeTensor = (parts: Omit<Tensor, 'id' | 'dtype'> & { dtype?: DType }): Tensor => {
  if (parts.shape.some((size) => !Number.isInteger(size) || size < 1)) {
    refuseShapes(parts.operation, [parts.shape], 'every size must be a positive integer');
  }
  return { dtype: 'f32', ...parts, id: created++ };
};

/** A further result of a kernel, by its name there; no gradient passes it. For `ops/` only. */
export const resultOf = (kernel: Tensor, name: string, shape: Shape, drawn = false): Tensor =>
  makeTensor({
    operation: name,
    shape,
    inputs: [kernel],
    lowering: { kind: 'result', name, drawn },
  });

/** Number of elements of a tensor. */
export const tensorSize = (tensor: Tensor): number => elementCount(tensor.shape);

/** A leaf that reads a variable. */
export const read = (variable: Variable): Tensor =>
  makeTensor({
    operation: 'read',
    shape: variable.shape,
    dtype: variable.dtype,
    inputs: [],
    lowering: { kind: 'variable', variable },
  });

/** A scalar constant. */
export const constant = (value: number): Tensor =>
  makeTensor({
    operation: 'constant',
    shape: [],
    inputs: [],
    lowering: { kind: 'constant', value },
    onnx: (emitter) => emitter.floats(value),
  });

/** A scalar that the host sets by name before each run. dtype u32 carries counters and seeds. */
export const setting = (name: string, dtype: 'f32' | 'u32' = 'f32'): Tensor =>
  makeTensor({
    operation: 'setting',
    shape: [],
    dtype,
    inputs: [],
    lowering: { kind: 'setting', name },
  });

/** Declares persistent memory. */
export const variable = (name: string, shape: Shape, dtype: DType = 'f32'): Variable => ({
  name,
  shape,
  dtype,
});
