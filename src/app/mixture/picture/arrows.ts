import type { TermId } from '../../../distill/config';
import type { MixtureFrame } from '../../../worker/mixture/protocol';
import type { LookSlice } from '../state/look';
import type { Palette } from './palette';

/** How arrows stand out: as always, as those of the term that is pointed at, or behind those. */
export type Emphasis = 'plain' | 'marked' | 'behind';

/** Arrows that begin at points `at` (m, 2), with vectors (m, 2). */
export interface Arrows {
  readonly at: Float32Array;
  readonly vectors: Float32Array;
  readonly color: string;
  readonly emphasis: Emphasis;
}

/** Sum of two fields of vectors. */
export const sumOf = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, index) => value + (b[index] ?? 0));

/** The arrows that are switched on, in the order of painting: those of the term pointed at come last. */
export const arrowsOf = (
  { at, ca, dm }: MixtureFrame['arrows'],
  layers: LookSlice['layers'],
  palette: Pick<Palette, 'spear' | 'shield' | 'ink'>,
  pointed: TermId | null,
): Arrows[] => {
  const shown = [
    ...(layers.ca ? [{ of: 'ca', vectors: ca, color: palette.spear }] : []),
    ...(layers.dm && dm !== null ? [{ of: 'dm', vectors: dm, color: palette.shield }] : []),
    ...(layers.sum && dm !== null
      ? [{ of: 'sum', vectors: sumOf(ca, dm), color: palette.ink }]
      : []),
  ];
  const isMarked = ({ of }: { readonly of: string }): boolean => of === pointed;
  const others: Emphasis = shown.some(isMarked) ? 'behind' : 'plain';
  return [...shown.filter((one) => !isMarked(one)), ...shown.filter(isMarked)].map((one) => ({
    ...{ at, vectors: one.vectors, color: one.color },
    emphasis: isMarked(one) ? 'marked' : others,
  }));
};
