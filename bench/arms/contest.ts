import type { Engine } from '../../src/graph/engine';
import type { Executable } from '../../src/graph/executable';
import { summarise, timed, type Times } from '../statistics';

/** Numbers of arms; with one both ways are the same work, and differ by the noise alone. */
export const ARMS: readonly number[] = [1, 2, 4, 8];

/** The work of some arms, done one of two ways. */
interface Contestant {
  readonly programs: readonly Executable[];
  readonly times: number[];
}

/** The programs of so many arms: one an arm, and one for all of them. */
export interface Programs {
  readonly arms: number;
  readonly apart: readonly Executable[];
  readonly together: readonly Executable[];
}

/** What one way took. */
export interface Way {
  readonly times: Times;
  readonly dispatches: number;
}

/** Both ways of one number of arms. */
export interface Contest {
  readonly arms: number;
  readonly apart: Way;
  readonly together: Way;
}

/** One round of some arms' work, in one submission. */
const run = async (engine: Engine, { programs }: Contestant): Promise<void> => {
  const recording = engine.record();
  for (const program of programs) recording.run(program);
  void recording.submit();
  await engine.gpu.device.queue.onSubmittedWorkDone();
};

const wayOf = ({ programs, times }: Contestant): Way => ({
  times: summarise(times),
  dispatches: programs.reduce((sum, { cost }) => sum + cost.dispatches, 0),
});

/** Times both ways of each number of arms in turns, after a round that warms up. */
export const hold = async (
  engine: Engine,
  all: readonly Programs[],
  rounds: number,
): Promise<Contest[]> => {
  const pairs = all.map(({ arms, apart, together }) => ({
    arms,
    apart: { programs: apart, times: [] } satisfies Contestant,
    together: { programs: together, times: [] } satisfies Contestant,
  }));
  const contestants: readonly Contestant[] = pairs.flatMap(({ apart, together }) => [
    apart,
    together,
  ]);
  for (const contestant of contestants) await run(engine, contestant);
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      contestant.times.push(await timed(() => run(engine, contestant)));
    }
  }
  return pairs.map(({ arms, apart, together }) => ({
    arms,
    apart: wayOf(apart),
    together: wayOf(together),
  }));
};
