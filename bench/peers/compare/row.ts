import type { Times } from '../../statistics';

/** How one contender did. */
export interface Result {
  readonly name: string;
  /** Milliseconds until the answer is on the host, or, of products, until the device has done one. */
  readonly times: Times;
  /** What was compared with the first contender's before anything was timed: the differences, by name. */
  readonly differences: Readonly<Record<string, number>>;
}

/** One kind of work, done by all. */
export interface Row {
  readonly work: string;
  /** Floating-point operations of one product; null for what is not a product. */
  readonly flops: number | null;
  readonly results: readonly Result[];
}
