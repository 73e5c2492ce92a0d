import type { Column } from '../lab/columns';

/** What has curves: arms, terms, arms of earlier runs, what is compared with, and figures by themselves. */
type OwnerKind = 'arm' | 'term' | 'ghost' | 'standard' | 'figure';

/** Whose a curve is. An arm may have a term's id, and is another owner all the same. */
export type Owner = `${OwnerKind}:${string}`;

export const ownerOf = (kind: OwnerKind, id: string): Owner => `${kind}:${id}`;

/** One line of a chart. */
export interface Curve {
  readonly key: string;
  /** Hiding it hides the curve, in all charts. */
  readonly owner: Owner;
  readonly name: string;
  /** A custom property of tokens.css. */
  readonly color: string;
  readonly dashed?: boolean;
  readonly column: Column;
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
export const REAL_COLOR = 'var(--ghost)';
/** Dashes of curves and of references, as SVG writes them. */
export const CURVE_DASHES = '3 4';
export const REFERENCE_DASHES = '2 5';
