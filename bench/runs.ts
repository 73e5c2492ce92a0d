import type { Engine } from '../src/graph/engine';
import type { Executable } from '../src/graph/executable';

/** A timed round lasts about this long where a single program is shorter. */
const ROUND_MILLISECONDS = 20;
const MAX_RUNS = 64;

/** A compiled program to be timed in turns with others. */
export interface Contestant {
  readonly engine: Engine;
  readonly program: Executable;
  /** Milliseconds of one run, by round. */
  readonly times: number[];
}

/** Milliseconds of one run of a program, over `runs` runs in one submission. */
const timeOf = async ({ engine, program }: Contestant, runs: number): Promise<number> => {
  const recording = engine.record();
  for (let i = 0; i < runs; i++) recording.run(program);
  const begin = performance.now();
  void recording.submit();
  await engine.gpu.device.queue.onSubmittedWorkDone();
  return (performance.now() - begin) / runs;
};

/** Times contestants in turns: a round times every one once, after two runs that warm up. */
export const timeInTurns = async (
  contestants: readonly Contestant[],
  rounds: number,
): Promise<void> => {
  const runs = new Map<Contestant, number>();
  for (const contestant of contestants) {
    // The first run also clears what its buffers hold: it says nothing of how long another takes.
    await timeOf(contestant, 1);
    const wanted = Math.round(ROUND_MILLISECONDS / Math.max(await timeOf(contestant, 1), 1e-3));
    runs.set(contestant, Math.min(Math.max(wanted, 1), MAX_RUNS));
  }
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      contestant.times.push(await timeOf(contestant, runs.get(contestant) ?? 1));
    }
  }
};
