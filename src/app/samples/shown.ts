import { useMemo } from 'react';
import { isReferenceGrid, type GridSource } from '../../lab/grid';
import { frameAt, toPictures, type Frame } from '../lib/history';
import { useSamples, type Pictures } from '../state/samples';
import { useTimeline } from '../state/timeline';

/** An arm's frame at the iteration that is looked at; null: everything is shown as it is now. */
const frameShown = (
  { histories, at }: ReturnType<typeof useTimeline.getState>,
  source: GridSource,
): Frame | undefined | null =>
  at === null || isReferenceGrid(source) ? null : frameAt(histories.get(source) ?? [], at);

/** The pictures of a grid that are on show, of now or of the past; undefined: none. */
export const useShown = (source: GridSource): Pictures | undefined => {
  const now = useSamples(({ grids }) => grids.get(source));
  const frame = useTimeline((timeline) => frameShown(timeline, source));
  return useMemo(() => (frame === null ? now : frame && toPictures(frame)), [frame, now]);
};

/** As `useShown`, once. */
export const shownPictures = (source: GridSource): Pictures | undefined => {
  const frame = frameShown(useTimeline.getState(), source);
  return frame === null ? useSamples.getState().grids.get(source) : frame && toPictures(frame);
};
