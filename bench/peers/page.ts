import { summarise, type Times } from '../statistics';
import { poseProblem, type Contender, type Problem } from './problem';

/** What one contender took, and what it computed. */
export interface PeerReport {
  readonly name: string;
  /** Milliseconds until the network's answer is on the host. */
  readonly forward: Times;
  /** Milliseconds until the loss of a step is on the host. */
  readonly step: Times;
  /** Greatest difference of its velocity from the engine's, of values about 1. */
  readonly difference: number;
  /** Losses of its first steps, which all contenders must have alike. */
  readonly losses: readonly number[];
}

/** Steps whose losses are compared: the second and later ones also check gradient and optimizer. */
const COMPARED_STEPS = 3;
const WORST_DIFFERENCE = 1e-3;
const WORST_LOSS = 1e-3;

type Maker = (problem: Problem) => Promise<Contender>;

/** Each loads what it needs when it is its turn, so that one that fails leaves the others. */
const MAKERS: Readonly<Record<string, () => Promise<Maker>>> = {
  engine: async () => (await import('./engine')).engineContender,
  jax: async () => (await import('./jax')).jaxContender,
  tensorflow: async () => (await import('./tensorflow')).tensorflowContender,
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

const inTurns = async (
  contenders: readonly Contender[],
  rounds: number,
  work: (contender: Contender) => Promise<unknown>,
): Promise<Times[]> => {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      times[index]?.push(await timed(() => work(contender)));
    }
  }
  return times.map(summarise);
};

const lossesOf = async (contender: Contender): Promise<number[]> => {
  const losses: number[] = [];
  for (let step = 0; step < COMPARED_STEPS; step++) losses.push(await contender.step());
  return losses;
};

const differenceOf = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0);

/**
 * Makes the contenders, checks that all compute the same, and times them in turns. Throws an Error
 * that names the contender whose answers differ: a time without the work is none.
 */
const comparePeers = async (
  names: readonly string[],
  batch: number,
  rounds: number,
  note: (text: string) => void,
): Promise<PeerReport[]> => {
  const file = await (await fetch('/avatars.safetensors')).arrayBuffer();
  const problem = poseProblem(file, batch);
  const contenders: Contender[] = [];
  for (const name of names) {
    note(`making ${name}`);
    const maker = MAKERS[name];
    if (!maker) throw new RangeError(`Nobody is called ${name}.`);
    contenders.push(await (await maker())(problem));
  }
  const checks: { name: string; velocity: ArrayLike<number>; losses: number[] }[] = [];
  for (const contender of contenders) {
    note(`checking ${contender.name}`);
    const velocity = Float32Array.from(await contender.forward());
    checks.push({ name: contender.name, velocity, losses: await lossesOf(contender) });
  }
  const [first] = checks;
  const differences = checks.map(({ name, velocity, losses }) => {
    const difference = differenceOf(velocity, first?.velocity ?? []);
    const lossDifference = differenceOf(losses, first?.losses ?? []);
    if (!(difference < WORST_DIFFERENCE && lossDifference < WORST_LOSS)) {
      throw new Error(
        `${name} computes something else: velocities differ by ${difference}, losses are ` +
          `${losses.join(', ')} and not ${first?.losses.join(', ')}.`,
      );
    }
    return difference;
  });
  note('timing forward passes');
  const forward = await inTurns(contenders, rounds, (contender) => contender.forward());
  note('timing steps');
  const step = await inTurns(contenders, rounds, (contender) => contender.step());
  return checks.flatMap(({ name, losses }, index) => {
    const [f, s, difference] = [forward[index], step[index], differences[index]];
    return f && s && difference !== undefined
      ? [{ name, forward: f, step: s, difference, losses }]
      : [];
  });
};

/** What run.mjs calls. */
declare global {
  interface Window {
    comparePeers: typeof comparePeers;
  }
}

window.comparePeers = comparePeers;
