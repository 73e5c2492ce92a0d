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

/** An end of an axis, perhaps made of the least or greatest value. */
export type AxisEnd = number | 'auto' | ((extreme: number) => number);

/** Round numbers from 0 to `end`, at most six. */
export const roundTicks = (end: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(end / 5));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => end / size <= 5) ?? end;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
};
