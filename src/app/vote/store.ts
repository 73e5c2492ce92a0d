import { create } from 'zustand';
import type { ArmId } from '../../lab/config';
import type { Vote } from '../../lab/record';
import { randomSeed } from '../lab/prompts';
import { useBench } from '../state/bench';
import { useSamples } from '../state/samples';
import { turnsOf, type Ballot } from './ballot';

/** What the dialog asks or tells. */
export type Phase =
  /** Which two of several arms are voted on. */
  | 'choosing'
  /** The two arms' pictures are still to come. */
  | 'waiting'
  | 'voting'
  | 'result';

interface VoteSlice {
  readonly open: boolean;
  readonly phase: Phase;
  readonly pair: readonly [ArmId, ArmId] | null;
  readonly ballot: Ballot | null;
  /** Pairs of the ballot that are done. */
  readonly done: number;
  /** All votes of the run, as its record has them. */
  readonly votes: readonly Vote[];
}

export const useVotes = create<VoteSlice>()(() => ({
  open: false,
  phase: 'choosing',
  pair: null,
  ballot: null,
  done: 0,
  votes: [],
}));

/** Opens the dialog; with two arms there is nothing to choose. */
export const openVote = (): void => {
  const [first, second, third] = useBench.getState().arms;
  if (first === undefined || second === undefined) return;
  useVotes.setState({ open: true, ballot: null, pair: [first.id, second.id] });
  if (third === undefined) beginBallot();
  else useVotes.setState({ phase: 'choosing' });
};

/** Lays out the newest pictures of the two arms, or waits for them. */
export const beginBallot = (): void => {
  const { pair } = useVotes.getState();
  const { grids, stale, prompts, seed: noise } = useSamples.getState();
  if (pair === null) return;
  const [first, second] = pair.map((arm) => (stale.has(arm) ? undefined : grids.get(arm)));
  if (first === undefined || second === undefined) {
    useVotes.setState({ phase: 'waiting', ballot: null });
    return;
  }
  const order = randomSeed();
  const turns = turnsOf(order, prompts.length);
  const ballot: Ballot = { arms: pair, pictures: [first, second], prompts, noise, order, turns };
  useVotes.setState({ phase: 'voting', ballot, done: 0 });
};

/** Puts the present pair behind; after the last one comes the result. */
export const nextPair = (): void =>
  useVotes.setState(({ ballot, done }) => ({
    done: done + 1,
    phase: done + 1 < (ballot?.turns.length ?? 0) ? 'voting' : 'result',
  }));
