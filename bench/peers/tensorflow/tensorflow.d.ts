// What the bench uses of TensorFlow.js, so that the project's type check does not need it: run.mjs installs
// it in the bench's folder, when the bench is asked for.

declare module '@tensorflow/tfjs-backend-webgpu' {}

declare module '@tensorflow/tfjs' {
  export interface Tensor {
    readonly shape: number[];
    add(other: Tensor | number): Tensor;
    sub(other: Tensor | number): Tensor;
    mul(other: Tensor | number): Tensor;
    div(other: Tensor | number): Tensor;
    maximum(other: number): Tensor;
    reshape(shape: number[]): Tensor;
    slice(begin: number[], size: number[]): Tensor;
    transpose(axes: number[]): Tensor;
    abs(): Tensor;
    square(): Tensor;
    sqrt(): Tensor;
    tanh(): Tensor;
    sigmoid(): Tensor;
    softmax(): Tensor;
    sin(): Tensor;
    cos(): Tensor;
    mean(axes?: number[]): Tensor;
    sum(axis: number): Tensor;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export interface Variable extends Tensor {
    assign(value: Tensor): void;
  }
  export const setBackend: (name: string) => Promise<boolean>;
  export const ready: () => Promise<void>;
  export const tensor: (
    values: Float32Array | Int32Array,
    shape: number[],
    dtype?: 'float32' | 'int32',
  ) => Tensor;
  export const variable: (initial: Tensor) => Variable;
  export const zeros: (shape: number[]) => Tensor;
  export const zerosLike: (of: Tensor) => Tensor;
  export const tidy: (work: () => Tensor) => Tensor;
  export const keep: (tensor: Tensor) => Tensor;
  /** Of tensors nested in lists and records. */
  export const dispose: (of: unknown) => void;
  export const matMul: (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean) => Tensor;
  export const gather: (table: Tensor, rows: Tensor) => Tensor;
  export const concat: (parts: Tensor[], axis: number) => Tensor;
  export const stack: (parts: Tensor[]) => Tensor;
  export const split: (x: Tensor, parts: number, axis: number) => Tensor[];
  export const moments: (
    x: Tensor,
    axis: number,
    keepAxes: boolean,
  ) => { mean: Tensor; variance: Tensor };
  export const valueAndGrads: (
    f: (a: Tensor, b: Tensor) => Tensor,
  ) => (args: [Tensor, Tensor], dy: Tensor) => { value: Tensor; grads: Tensor[] };
  export const customGrad: (
    f: (x: Tensor) => { value: Tensor; gradFunc: (dy: Tensor) => Tensor },
  ) => (x: Tensor) => Tensor;
  export const train: {
    adam(
      learningRate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
    ): {
      minimize(loss: () => Tensor, returnCost: true, variables: Variable[]): Tensor;
      getWeights(): Promise<{ name: string; tensor: Tensor }[]>;
      dispose(): void;
    };
  };
}
