// What the bench uses of jax-js, so that the project's type check does not need it: run.mjs installs it in
// the bench's folder, when the bench is asked for.

declare module '@jax-js/jax' {
  /** An array; whoever takes one owns it, `ref` gives another hold of it. */
  export interface Array {
    readonly ref: Array;
    readonly shape: number[];
    add(other: Array | number): Array;
    sub(other: Array | number): Array;
    mul(other: Array | number): Array;
    div(other: Array | number): Array;
    reshape(shape: number[]): Array;
    transpose(axes?: number[]): Array;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export type Tree = Record<string, Array>;
  export const numpy: {
    array(values: Float32Array | Int32Array, options: { shape: number[] }): Array;
    zeros(shape: number[]): Array;
    zerosLike(x: Array): Array;
    matmul(a: Array, b: Array): Array;
    concatenate(parts: Array[], axis: number): Array;
    split(x: Array, parts: number, axis: number): Array[];
    sum(x: Array, axis: number): Array;
    mean(x: Array, axis?: number): Array;
    maximum(x: Array, y: number): Array;
    absolute(x: Array): Array;
    square(x: Array): Array;
    sqrt(x: Array): Array;
    sin(x: Array): Array;
    cos(x: Array): Array;
  };
  export const nn: {
    silu(x: Array): Array;
    gelu(x: Array): Array;
    oneHot(x: Array, classes: number): Array;
    standardize(x: Array, axis: number): Array;
    dotProductAttention(query: Array, key: Array, value: Array): Array;
  };
  /** Of arrays nested in lists and records. */
  export const tree: {
    ref<Of>(of: Of): Of;
    dispose(of: unknown): void;
  };
  /** A function that holds memory until it is disposed of. */
  export type Owned<Call> = Call & { dispose(): void };
  export const jit: <Arguments extends unknown[], Result>(
    f: (...args: Arguments) => Result,
  ) => Owned<(...args: Arguments) => Result>;
  export const vjp: <Primals extends unknown[]>(
    f: (...primals: Primals) => Array,
    primals: Primals,
  ) => [Array, Owned<(cotangent: Array) => Primals>];
  export const valueAndGrad: <Arguments extends unknown[]>(
    f: (parameters: Tree, ...args: Arguments) => Array,
  ) => (parameters: Tree, ...args: Arguments) => [Array, Tree];
  export const blockUntilReady: (of: unknown) => Promise<unknown>;
  export const init: (device: string) => Promise<string[]>;
  export const defaultDevice: (device: string) => void;
}
