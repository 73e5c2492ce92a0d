import { scaleLog } from 'd3-scale';

/** From the first to the last place or value that is shown. */
export type Range = readonly [from: number, to: number];

/** Where a vertical axis lies: from 0 upwards, or to both sides of 0. */
export type AxisKind = 'fromZero' | 'aroundZero';

export interface Axis {
  readonly domain: Range;
  readonly ticks: readonly number[];
  readonly scale: 'linear' | 'log';
}

/** Most decades whose 2 and 5 are labelled as well. */
const FEW_DECADES = 2;
/** Most labels of a logarithmic axis. */
const MOST_LABELS = 6;
/** What a logarithmic axis shows when it has nothing to show. */
const EMPTY_LOG: Range = [0.1, 1];

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

/** An axis of whole numbers over exactly that range, with at most six round ones. */
export const placeAxis = ([from, to]: Range): Axis => {
  const step = Math.max(1, roundStep(to - from, 5));
  const ticks = multiples(step, Math.ceil(from / step), Math.floor(to / step));
  return { domain: [from, to], ticks, scale: 'linear' };
};

/** An axis that shows all `values`, and at least `least` beside 0, between round numbers. */
export const valueAxis = (kind: AxisKind, values: readonly number[], least: number): Axis => {
  const far = values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  const step = roundStep(far, kind === 'fromZero' ? 4 : 2);
  const count = Math.ceil(far / step);
  const ticks = multiples(step, kind === 'fromZero' ? 0 : -count, count);
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? far], ticks, scale: 'linear' };
};

/** A logarithmic axis that shows all `values` that are greater than 0. */
export const logAxis = (values: readonly number[]): Axis => {
  const shown = values.filter((value) => value > 0);
  const [least, most] = shown.reduce<Range>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, 0],
  );
  if (most === 0) return { domain: EMPTY_LOG, ticks: EMPTY_LOG, scale: 'log' };
  const power = (value: number, round: (exponent: number) => number): number =>
    10 ** round(Math.log10(value));
  // Within one decade its ends would leave the curves flat.
  const scale = scaleLog(
    most / least > 10
      ? [power(least, Math.floor), power(most, Math.ceil)]
      : [least / 1.1, most * 1.1],
    [0, 1],
  );
  const [low = least, high = most] = scale.domain();
  return { domain: [low, high], ticks: logTicks(scale.ticks(), low, high), scale: 'log' };
};

/** As many of the marks of a logarithmic axis as have room for a label. */
const logTicks = (marks: readonly number[], low: number, high: number): number[] => {
  const decades = Math.log10(high / low);
  const digit = (value: number): number =>
    Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toPrecision(3));
  const wanted = decades <= FEW_DECADES ? [1, 2, 5] : [1];
  const labelled = decades < 1 ? marks : marks.filter((mark) => wanted.includes(digit(mark)));
  const every = Math.ceil(labelled.length / MOST_LABELS);
  return labelled.filter((_, index) => index % every === 0);
};

/** How far along an axis a value lies: 0 at its beginning, 1 at its end. */
export const shareOf = ({ domain: [from, to], scale }: Axis, value: number): number =>
  scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
