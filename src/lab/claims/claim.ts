import type { RunRecord } from '../record';

/** What a record says of a claim. */
export interface Verdict {
  readonly state: 'seen' | 'not seen' | 'too early';
  /** The figures that it rests on, as a sentence for people. */
  readonly figures: string;
}

/** One statement of an experiment that a record can bear out or not. */
export interface Claim {
  /** Unique within its experiment. */
  readonly id: string;
  /** The statement with its threshold and the iterations that it needs, in plain English. */
  readonly says: string;
  /** Pure: the same record gives the same verdict. */
  readonly judge: (record: RunRecord) => Verdict;
}

/** An arm in a claim: its id in the record and how the claim's text calls it. */
export interface NamedArm {
  readonly id: string;
  readonly name: string;
}

export const seen = (figures: string): Verdict => ({ state: 'seen', figures });
export const notSeen = (figures: string): Verdict => ({ state: 'not seen', figures });
export const tooEarly = (figures: string): Verdict => ({ state: 'too early', figures });

/** `seen` or `not seen`. */
export const verdict = (isSeen: boolean, figures: string): Verdict =>
  isSeen ? seen(figures) : notSeen(figures);
