// What the bench uses of the frameworks it compares with, so that the project's type check needs neither
// of them: they are installed by run.mjs, in this folder, when the bench is asked for.

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
    matmul(a: Array, b: Array): Array;
    concatenate(parts: Array[], axis: number): Array;
    split(x: Array, parts: number, axis: number): Array[];
    sum(x: Array, axis: number): Array;
    mean(x: Array): Array;
    square(x: Array): Array;
    sqrt(x: Array): Array;
    sin(x: Array): Array;
    cos(x: Array): Array;
    zerosLike(x: Array): Array;
  };
  export const nn: {
    silu(x: Array): Array;
    gelu(x: Array): Array;
    oneHot(x: Array, classes: number): Array;
    standardize(x: Array, axis: number): Array;
    dotProductAttention(query: Array, key: Array, value: Array): Array;
  };
  export const tree: { ref(of: Tree): Tree };
  export const jit: <Arguments extends unknown[], Result>(
    f: (...args: Arguments) => Result,
  ) => (...args: Arguments) => Result;
  export const valueAndGrad: <Arguments extends unknown[]>(
    f: (parameters: Tree, ...args: Arguments) => Array,
  ) => (parameters: Tree, ...args: Arguments) => [Array, Tree];
  export const init: (device: string) => Promise<string[]>;
  export const defaultDevice: (device: string) => void;
}

declare module '@tensorflow/tfjs-backend-webgpu' {}

declare module '@tensorflow/tfjs' {
  export interface Tensor {
    add(other: Tensor | number): Tensor;
    sub(other: Tensor | number): Tensor;
    mul(other: Tensor | number): Tensor;
    div(other: Tensor | number): Tensor;
    reshape(shape: number[]): Tensor;
    transpose(axes: number[]): Tensor;
    square(): Tensor;
    sqrt(): Tensor;
    tanh(): Tensor;
    sigmoid(): Tensor;
    softmax(): Tensor;
    sin(): Tensor;
    cos(): Tensor;
    mean(): Tensor;
    sum(axis: number): Tensor;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export const setBackend: (name: string) => Promise<boolean>;
  export const ready: () => Promise<void>;
  export const tensor: (
    values: Float32Array | Int32Array,
    shape: number[],
    dtype?: 'float32' | 'int32',
  ) => Tensor;
  export const variable: (initial: Tensor) => Tensor;
  export const tidy: (work: () => Tensor) => Tensor;
  export const matMul: (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean) => Tensor;
  export const gather: (table: Tensor, rows: Tensor) => Tensor;
  export const concat: (parts: Tensor[], axis: number) => Tensor;
  export const split: (x: Tensor, parts: number, axis: number) => Tensor[];
  export const moments: (
    x: Tensor,
    axis: number,
    keepAxes: boolean,
  ) => { mean: Tensor; variance: Tensor };
  export const train: {
    adam(
      learningRate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
    ): { minimize(loss: () => Tensor, returnCost: true, variables: Tensor[]): Tensor };
  };
}
