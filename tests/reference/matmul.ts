/** Sizes of C (batch, m, n) = A B; with `sharedB` one B serves all batches. */
export interface MatmulSizes {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly sharedB?: boolean;
}

/** Matrix product from its definition; float64. */
export const matmul = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { batch, m, n, k, transposeA, transposeB, sharedB = false }: MatmulSizes,
): number[] => {
  const c: number[] = [];
  for (let p = 0; p < batch; p++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let q = 0; q < k; q++) {
          const atA = p * m * k + (transposeA ? q * m + i : i * k + q);
          const atB = (sharedB ? 0 : p * k * n) + (transposeB ? j * k + q : q * n + j);
          sum += (a[atA] ?? NaN) * (b[atB] ?? NaN);
        }
        c.push(sum);
      }
    }
  }
  return c;
};

export const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

export const silu = (x: number): number => x / (1 + Math.exp(-x));

/** Sum of products, the scalar whose gradient with respect to x is the vector of weights. */
export const weighted = (x: ArrayLike<number>, weights: ArrayLike<number>): number =>
  Array.from(x).reduce((sum, value, i) => sum + value * (weights[i] ?? NaN), 0);
