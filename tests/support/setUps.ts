import { parseArmConfig, parseLabConfig, type ArmConfig } from '../../src/lab/config';
import { labConfigOf, type Experiment } from '../../src/lab/experiments/experiment';
import { PhiloxStream } from '../../src/graph/philox';
import {
  colorsOf,
  FIRST_EVALUATION,
  FIRST_LAB,
  FIRST_PICTURES,
  FIRST_SEED,
  gridPrompts,
  type SetUp,
} from '../../src/lab/setUp/setUp';
import { DEFAULT_TASK, TASKS } from '../../src/tasks/registry';

const firstGrid = (task = DEFAULT_TASK, count = FIRST_PICTURES): SetUp['grid'] => ({
  seed: FIRST_SEED,
  prompts: gridPrompts(task, count).map((prompt) => [...prompt]),
});

/** What a freshly opened page has. */
export const firstSetUp = (): SetUp => ({
  ...{ task: DEFAULT_TASK.id, experiment: null, lab: FIRST_LAB },
  ...{ evaluation: FIRST_EVALUATION, grid: firstGrid() },
});

/** What a visitor has who chose an experiment on a fresh page. */
export const experimentSetUp = (experiment: Experiment): SetUp => ({
  ...firstSetUp(),
  experiment: experiment.id,
  lab: labConfigOf(experiment),
});

const randomArm = (random: PhiloxStream): ArmConfig => {
  const flag = (): boolean => random.integer(2) === 0;
  const share = (): number => random.integer(1000) / 1000;
  const tau = () => {
    const [lo, hi] = [share(), share()].sort((a, b) => a - b);
    return {
      ...{ lo, hi, aboveT: flag(), logitMean: share() - 0.5, shift: 0.05 + share() },
      distribution: (['uniform', 'logitNormal', 'shifted'] as const)[random.integer(3)],
    };
  };
  return parseArmConfig({
    guidanceScale: 1 + 19 * share(),
    normalise: flag(),
    student: { steps: 1 + random.integer(8), learningRate: share() / 7, emaDecay: share() / 2 },
    critic: { updates: random.integer(11), observer: flag() },
    discriminator: { updates: random.integer(11), r1: 1000 * share() },
    terms: {
      ca: { enabled: flag(), weight: 100 * share(), tau: tau() },
      dm: { enabled: flag(), sharedTau: flag(), tau: tau() },
      meanVariance: { enabled: flag(), weight: share() },
      gan: { enabled: flag(), tau: tau() },
    },
  });
};

const NAMES = ['Arm 1', 'CA + DM', 'ohne Schild “α”', '盾だけ', '🗡️ only', 'x'.repeat(80)];

/** A bench that nobody would set up; the same for the same seed. */
export const randomSetUp = (seed: number): SetUp => {
  const random = new PhiloxStream(seed, 0x6c696e6b, 0);
  const task = TASKS[random.integer(TASKS.length)] ?? DEFAULT_TASK;
  const count = 1 + random.integer(8);
  const places = Array.from({ length: count }, () => random.integer(12));
  return {
    ...{ task: task.id, experiment: random.integer(2) === 0 ? null : 'e2' },
    lab: parseLabConfig({
      ...{ seed: random.integer(2 ** 31), batch: 1 + random.integer(256) },
      prompts: random.integer(2) === 0 ? 'partial' : 'full',
      arms: Array.from({ length: count }, (_, index) => ({
        id: random.integer(2) === 0 ? `arm-${index + 1}` : `own_${index}`,
        name: NAMES[random.integer(NAMES.length)] ?? '',
        config: random.integer(4) === 0 ? {} : randomArm(random),
      })),
    }),
    ...colorsOf(places),
    evaluation: { ...FIRST_EVALUATION, every: random.integer(100), seed: random.integer(2 ** 31) },
    grid:
      random.integer(3) === 0
        ? firstGrid(task, 1 + random.integer(64))
        : {
            seed: random.integer(2 ** 31),
            prompts: task
              .samplePrompts(random, 1 + random.integer(64))
              .map((prompt) => [...prompt]),
          },
  };
};
