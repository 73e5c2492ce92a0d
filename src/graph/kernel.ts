import type { Extension } from '../gpu/gpu';
import type { Tensor, Variable } from './tensor';
import type { Shape } from './shape';

/**
 * How an operation becomes GPU work.
 *
 * A kernel is a hand-written WGSL file plus a few generated functions:
 * - group 0 is the file's own: binding 0 is the uniform `shape`, then one storage buffer for each
 *   operand with access 'buffer' in order, then scratch buffers in order;
 * - operands with access 'value' become functions `fn NAME(index: u32) -> f32` (group 1), so that
 *   elementwise producers are computed in place of being stored;
 * - results are written through `fn store(index: u32, value: f32)` (group 1), which may go on to
 *   compute elementwise consumers; further results through `fn store_NAME`.
 */
export interface KernelLowering {
  /** Family for profiles, e.g. `linalg/matmul`. */
  readonly family: string;
  /** Operands in the order of the tensor's inputs. */
  readonly operands: readonly Operand[];
  /** Temporary buffers that live during this operation only. */
  readonly scratch?: readonly Shape[];
  /** Persistent memory that the kernel updates in place (optimizers); bound after the scratch. */
  readonly updates?: readonly Variable[];
  /** False when the result is not written through `store` (in-place updates). Default true. */
  readonly stores?: boolean;
  /** Names of what it computes besides; see `resultOf`. */
  readonly results?: readonly string[];
  /** The dispatches, in order, for the adapter at hand. */
  readonly dispatches: (choice: KernelChoice) => readonly Dispatch[];
  /** Set where several of the kind may run side by side in one dispatch. */
  readonly stack?: Stack;
  /** Floating-point operations, for the books. */
  readonly flops?: number;
}

/**
 * Kernels of one `key` with a single operand by value, alike but for their size along the outermost
 * axis: stacked along it they are one dispatch, whose operand and `store` the planner puts together.
 */
export interface Stack {
  readonly key: string;
  readonly outer: number;
  /** The dispatch of a stack of this size. */
  readonly dispatch: (choice: KernelChoice, outer: number) => Dispatch;
}

/** How a kernel reads one of its inputs. */
export interface Operand {
  /** Name of the generated function for 'value'; the name in the WGSL file for 'buffer'. */
  readonly name: string;
  readonly access: 'buffer' | 'value';
  /** How many times each element is evaluated, for 'value' (default 1). */
  readonly evaluations?: number;
}

/** One dispatch of a kernel. */
export interface Dispatch {
  /** WGSL text without the generated functions. Entry point `main`. */
  readonly source: string;
  /** WGSL features that the text enables; only for a choice that the device supports. */
  readonly enables?: readonly Extension[];
  /** The words of the uniform `shape`, as u32. */
  readonly shape: readonly number[];
  readonly workgroups: readonly [number, number, number];
  /**
   * Which of the operands this dispatch uses, and whether scratch, updates and `store` appear.
   * Default: everything. Unused bindings must not be declared in the source.
   */
  readonly uses?: {
    readonly operands?: readonly string[];
    readonly scratch?: readonly number[];
    readonly store?: boolean;
  };
}

/** What a short measurement found to be fastest on this adapter; see `src/gpu/tuning.ts`. */
export interface KernelChoice {
  /**
   * `tiled` shares tiles in workgroup memory; `halfTiled` keeps and multiplies them in half precision,
   * but for products of gradients; `blocked` holds a block in registers, no barriers; `lanes4` and
   * `lanes8` share what they load among a subgroup, which must be of that size.
   */
  readonly matmul: 'tiled' | 'halfTiled' | 'blocked' | 'lanes4' | 'lanes8';
  /**
   * `tree` gives a row to a workgroup; `subgroup` does so too, and sums in subgroups first; `serial`
   * gives a row to one invocation, no barriers.
   */
  readonly reduce: 'tree' | 'subgroup' | 'serial';
}

/** Ceiling division, for workgroup counts. */
export const ceilDivide = (value: number, by: number): number => Math.ceil(value / by);

/** Default limit on workgroups in one dimension. */
const MAX_WORKGROUPS = 65535;

/** Spreads `count` workgroups over x and y; kernels read `id.x + id.y * count.x`. */
export const spreadWorkgroups = (count: number): [number, number, number] => {
  if (count <= MAX_WORKGROUPS) return [Math.max(count, 1), 1, 1];
  const y = ceilDivide(count, MAX_WORKGROUPS);
  return [ceilDivide(count, y), y, 1];
};

/** Tensor inputs that a kernel binds as buffers, in order. */
export const bufferOperands = (tensor: Tensor, kernel: KernelLowering): Tensor[] =>
  tensor.inputs.filter((_, index) => kernel.operands[index]?.access === 'buffer');
