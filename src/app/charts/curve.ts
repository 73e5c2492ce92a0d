import type { ChartRow } from '../lab/rows';

/** One line of a chart. */
export interface Curve {
  readonly key: keyof ChartRow;
  readonly name: string;
  /** A custom property of tokens.css. */
  readonly color: string;
  readonly dashed?: boolean;
  /** The current value, written beside the name; absent for curves of the past. */
  readonly value?: number | null;
  readonly testId?: string;
}

/** A horizontal line to compare with. */
export interface Reference {
  readonly name: string;
  readonly value: number;
  readonly testId: string;
}

export const REFERENCE_COLOR = 'var(--ink-faint)';

/** Ends of an axis, perhaps made of the least and the greatest value. */
export type Domain =
  readonly [number, number | 'auto'] | ((extremes: readonly [number, number]) => [number, number]);

/** Ends at equal distance from 0, no nearer than `least`, rounded up to a fifth. */
export const aroundZero =
  (least: number) =>
  ([low, high]: readonly [number, number]): [number, number] => {
    const far = Math.max(least, Math.ceil(Math.max(-low, high) * 5) / 5);
    return [-far, far];
  };

/** Round numbers from 0 to `end`, at most six. */
export const roundTicks = (end: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(end / 5));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => end / size <= 5) ?? end;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
};
