import { create } from 'zustand';
import type { ArmId } from '../../lab/config';
import { stopsOf, toFrame, withFrame, type Frame } from '../lib/history';
import type { Pictures } from './samples';

/** How many times as fast as usual a run is played. */
export type Speed = 1 | 4;

interface TimelineSlice {
  /** Each arm's past grids of the present prompts and noise, in order of their iterations. */
  readonly histories: ReadonlyMap<ArmId, readonly Frame[]>;
  /** The iteration that all arms are shown at; null: as they are now. */
  readonly at: number | null;
  readonly playing: boolean;
  readonly speed: Speed;
}

const NOW = { at: null, playing: false } as const;

export const useTimeline = create<TimelineSlice>()(() => ({
  histories: new Map(),
  ...NOW,
  speed: 1,
}));

/** Keeps an arm's new pictures for looking back. */
export const noteFrame = (arm: ArmId, pictures: Pictures): void => {
  useTimeline.setState(({ histories }) => {
    const frames = withFrame(histories.get(arm) ?? [], toFrame(pictures));
    return { histories: new Map([...histories, [arm, frames]]) };
  });
};

/** Keeps the past of these arms only. */
export const keepFrames = (arms: readonly ArmId[]): void => {
  useTimeline.setState(({ histories }) => ({
    histories: new Map([...histories].filter(([arm]) => arms.includes(arm))),
  }));
};

/** Drops all past grids; what is shown is now. */
export const forgetFrames = (): void => useTimeline.setState({ histories: new Map(), ...NOW });

/** Shows all arms as they were at an iteration; null: as they are now. */
export const lookAt = (at: number | null): void => useTimeline.setState({ at, playing: false });

/** Iterations that can be looked at, in order; the last one is now. */
export const stopsNow = (): readonly number[] =>
  stopsOf([...useTimeline.getState().histories.values()]);

/** Plays the run from where it is looked at, or from its start, or holds it there. */
export const togglePlaying = (): void => {
  const { at, playing } = useTimeline.getState();
  const [first] = stopsNow();
  if (playing) useTimeline.setState({ playing: false });
  else if (first !== undefined) useTimeline.setState({ at: at ?? first, playing: true });
};

/** One moment on; the last one is now, and the end. */
export const playOn = (): void => {
  const { at } = useTimeline.getState();
  const stops = stopsNow();
  const next = stops.find((stop) => at !== null && stop > at);
  useTimeline.setState(next === undefined || next === stops.at(-1) ? NOW : { at: next });
};
