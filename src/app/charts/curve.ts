/** One line of a chart. */
export interface Curve {
  /** Its place in the values of a chart row. */
  readonly key: string;
  readonly name: string;
  /** A custom property of tokens.css. */
  readonly color: string;
  readonly dashed?: boolean;
  /** The current value, written beside the name; absent for curves of the past. */
  readonly value?: number | null;
  readonly testId?: string;
}

/** A moment at which something changed. */
export interface ChangeMark {
  readonly key: string;
  readonly iteration: number;
  readonly words: string;
  /** The arm's colour; null where there is one arm only. */
  readonly color: string | null;
}

/** A horizontal line to compare with. */
export interface Reference {
  readonly name: string;
  readonly value: number;
  readonly testId: string;
}

export const REFERENCE_COLOR = 'var(--ink-faint)';
export const GHOST_COLOR = 'var(--ghost)';

/** Where a vertical axis lies: from 0 upwards, or to both sides of 0. */
export type AxisKind = 'fromZero' | 'aroundZero';

export interface Axis {
  readonly domain: [number, number];
  readonly ticks: number[];
}

/** The smallest of 1, 2, 5 times a power of ten that fits into `length` at most `most` times. */
const roundStep = (length: number, most: number): number => {
  const power = 10 ** Math.floor(Math.log10(length / most));
  return power * ([1, 2, 5].find((digit) => length / (digit * power) <= most) ?? 10);
};

/** Multiples of `step` from `first` to `last` times; products, so that errors do not add up. */
const multiples = (step: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );

/** An axis of iterations from 0 to exactly `end`, with at most six round numbers. */
export const iterationAxis = (end: number): Axis => {
  const step = roundStep(end, 5);
  return { domain: [0, end], ticks: multiples(step, 0, Math.floor(end / step)) };
};

/** An axis that shows all `values`, and at least `least` beside 0, between round numbers. */
export const valueAxis = (kind: AxisKind, values: readonly number[], least: number): Axis => {
  const far = values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  const step = roundStep(far, kind === 'fromZero' ? 4 : 2);
  const count = Math.ceil(far / step);
  const ticks = multiples(step, kind === 'fromZero' ? 0 : -count, count);
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? far], ticks };
};
