export interface AdamState {
  readonly parameters: number[];
  readonly firstMoment: number[];
  readonly secondMoment: number[];
  readonly average: number[];
}

export interface AdamRates {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly emaDecay: number;
  /** 0: no clipping. */
  readonly maxNorm: number;
}

/** Factor that brings the norm of a gradient down to maxNorm; 1 when maxNorm is 0. */
export const clipFactor = (gradient: readonly number[], maxNorm: number): number => {
  const norm = Math.hypot(...gradient);
  return maxNorm === 0 || norm <= maxNorm ? 1 : maxNorm / norm;
};

/** One AdamW step in its textbook form (Loshchilov and Hutter, 2019, algorithm 2); float64. */
export const adam = (
  state: AdamState,
  gradient: readonly number[],
  step: number,
  rates: AdamRates,
): AdamState => {
  const { beta1, beta2 } = rates;
  const clip = clipFactor(gradient, rates.maxNorm);
  const scaled = gradient.map((g) => clip * g);
  const firstMoment = state.firstMoment.map((m, i) => beta1 * m + (1 - beta1) * (scaled[i] ?? 0));
  const secondMoment = state.secondMoment.map(
    (v, i) => beta2 * v + (1 - beta2) * (scaled[i] ?? 0) ** 2,
  );
  const parameters = state.parameters.map((p, i) => {
    const m = (firstMoment[i] ?? 0) / (1 - beta1 ** step);
    const v = (secondMoment[i] ?? 0) / (1 - beta2 ** step);
    const decayed = p - rates.learningRate * rates.weightDecay * p;
    return decayed - (rates.learningRate * m) / (Math.sqrt(v) + rates.epsilon);
  });
  const average = state.average.map(
    (a, i) => rates.emaDecay * a + (1 - rates.emaDecay) * (parameters[i] ?? 0),
  );
  return { parameters, firstMoment, secondMoment, average };
};
