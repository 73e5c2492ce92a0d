import { parseArguments, UsageError, wholeNumber } from '../../src/cli/arguments';
import { AXES, type Axis } from './sizes';

/** What the bench of growth was asked to do; undefined: as suits the adapter. */
export interface GrowthOptions {
  readonly axes: readonly Axis[];
  readonly batch: number | undefined;
  readonly repetitions: number | undefined;
  readonly json: string | undefined;
}

export const GROWTH_USAGE = `Measures how a round of a lab (an iteration of each arm: one-step student, CA + DM)
grows with the number of arms, the batch, the network's width and its tokens.

  node scripts/run.mjs bench/growth.ts --axes arms,batch --json growth.json

  --axes LIST        of ${AXES.join(', ')} (default all)
  --batch N          images an update where it is not the batch that grows (default 64; 4 on a
                     software adapter)
  --repetitions N    timed rounds of each, at least 5 (default 20; 5 on a software adapter)
  --json FILE        write the figures there as well
  --help`;

const OPTIONS = {
  axes: { type: 'string', default: AXES.join() },
  batch: { type: 'string' },
  repetitions: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const axisOf = (name: string): Axis => {
  const axis = AXES.find((one) => one === name);
  if (axis === undefined) {
    throw new UsageError(`--axes takes ${AXES.join(', ')} with commas between, not “${name}”.`);
  }
  return axis;
};

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseGrowthOptions = (args: readonly string[]): GrowthOptions | null => {
  const { help, axes, batch, repetitions, json } = parseArguments(args, OPTIONS);
  if (help) return null;
  return {
    axes: axes.split(',').map(axisOf),
    batch: batch === undefined ? undefined : wholeNumber('batch', batch, 1, 1024),
    repetitions:
      repetitions === undefined ? undefined : wholeNumber('repetitions', repetitions, 5, 1000),
    json,
  };
};
