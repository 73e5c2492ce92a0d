/**
 * Repeatable test inputs, roughly normal (mean 0, variance 1, within +-3.5), already rounded to f32
 * so that GPU and float64 reference see the same numbers. Independent of the code under test.
 */
export function randomValues(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  // Four uniforms have variance 1/3.
  const normal = () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  return Float32Array.from({ length: count }, normal);
}
