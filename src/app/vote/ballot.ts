import { PhiloxStream } from '../../graph/philox';
import type { ArmId } from '../../lab/config';
import type { Vote } from '../../lab/record';
import type { Prompt } from '../../tasks/promptSpace';
import type { Pictures } from '../state/samples';

/** Stream of sides and order; the page draws nothing else from a ballot's seed. */
const STREAM = 1;

/** One pair of a ballot. */
export interface Turn {
  /** Place of the picture in the grid. */
  readonly image: number;
  /** Whether the second arm stands on the left. */
  readonly swapped: boolean;
}

/** The pictures of two arms, as they were when voting began, and how they are shown. */
export interface Ballot {
  readonly arms: readonly [ArmId, ArmId];
  readonly pictures: readonly [Pictures, Pictures];
  readonly prompts: readonly Prompt[];
  /** Seed of the noise that both drew from. */
  readonly noise: number;
  /** Seed of sides and order. */
  readonly order: number;
  readonly turns: readonly Turn[];
}

/** Whom a person prefers. */
export type Preference = 'left' | 'right' | 'tie';

/** All `count` pictures in a random order on random sides, the same for the same seed. */
export const turnsOf = (seed: number, count: number): Turn[] => {
  const random = new PhiloxStream(seed, STREAM, 0);
  const order = [...Array(count).keys()];
  for (let left = count - 1; left > 0; left--) {
    const other = random.integer(left + 1);
    [order[left], order[other]] = [order[other] ?? 0, order[left] ?? 0];
  }
  return order.map((image) => ({ image, swapped: random.integer(2) === 1 }));
};

/** Whose pictures stand left and right. */
export const sidesOf = <Item>(
  [first, second]: readonly [Item, Item],
  { swapped }: Turn,
): readonly [left: Item, right: Item] => (swapped ? [second, first] : [first, second]);

/** A person's answer as it is kept. */
export const voteOf = (ballot: Ballot, turn: Turn, preference: Preference): Vote => {
  const [left, right] = sidesOf(ballot.arms, turn);
  const [leftPictures, rightPictures] = sidesOf(ballot.pictures, turn);
  return {
    image: turn.image,
    ranking: preference === 'right' ? [right, left] : [left, right],
    tie: preference === 'tie',
    shown: {
      left: { arm: left, iteration: leftPictures.iteration },
      right: { arm: right, iteration: rightPictures.iteration },
      prompt: [...(ballot.prompts[turn.image] ?? [])],
      noise: ballot.noise,
      order: ballot.order,
    },
  };
};
