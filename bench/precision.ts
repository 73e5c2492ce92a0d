import type { Trainer } from '../src/distill/trainer';
import { summarise, timed, type Times } from './statistics';

/** An iteration in single and in half precision. */
export interface PrecisionReport {
  readonly single: Times;
  readonly half: Times;
}

/** Times iterations of two trainers in turns, after one of each that warms up. */
export const measurePrecisions = async (
  single: Trainer,
  half: Trainer,
  repetitions: number,
): Promise<PrecisionReport> => {
  const [ofSingle, ofHalf]: [number[], number[]] = [[], []];
  for (let round = 0; round <= repetitions; round++) {
    ofSingle.push(await timed(() => single.iterate()));
    ofHalf.push(await timed(() => half.iterate()));
  }
  return { single: summarise(ofSingle.slice(1)), half: summarise(ofHalf.slice(1)) };
};
