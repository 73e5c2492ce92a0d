import type { ArmConfigInput } from '../../src/lab/config';
import { parseArmConfig } from '../../src/lab/config';
import { DEFAULT_CONFIG } from '../../src/lab/mixture/defaults';
import { MixtureLab, type MixtureLabOptions } from '../../src/lab/mixture/mixtureLab';
import type { Gpu } from '../../src/gpu/gpu';
import { sharedEngine, SOFTWARE_CHOICE } from './evaluate';
import { CORNERS } from './mixtures';

/** Which terms are on. */
export const terms = (
  ...on: readonly ('ca' | 'dm' | 'meanVariance' | 'gan')[]
): ArmConfigInput['terms'] => {
  const enabled = (id: (typeof on)[number]) => ({ enabled: on.includes(id) });
  const gan = { ...DEFAULT_CONFIG.terms.gan, ...enabled('gan') };
  return { ca: enabled('ca'), dm: enabled('dm'), meanVariance: enabled('meanVariance'), gan };
};

/** The page's defaults, with these changes. */
export const settings = (changes: ArmConfigInput = {}) =>
  parseArmConfig({ ...DEFAULT_CONFIG, ...changes });

/** A short fit, which is start enough for most tests. */
export const SHORT_FIT = { steps: 100, batch: 128, learningRate: 6e-3 };

/** Makes a lab of the corners with the page's defaults, hands it to `work`, and frees it. */
export const withMixtureLab = async <Result>(
  gpu: Gpu,
  config: ArmConfigInput,
  work: (lab: MixtureLab) => Promise<Result>,
  options: Partial<MixtureLabOptions> = {},
  choice = SOFTWARE_CHOICE,
): Promise<Result> => {
  const engine = sharedEngine(gpu, choice);
  const lab = await MixtureLab.create(engine, {
    mixture: CORNERS,
    config: settings(config),
    batch: 128,
    seed: 1,
    fit: SHORT_FIT,
    ...options,
  });
  try {
    return await work(lab);
  } finally {
    await lab.destroy();
  }
};

/** So many iterations, two under way at once as in a run. */
export const train = async (lab: MixtureLab, iterations: number): Promise<void> => {
  const pending: Promise<unknown>[] = [];
  for (let index = 0; index < iterations; index++) {
    pending.push(lab.iterate());
    if (pending.length > 1) await pending.shift();
  }
  await Promise.all(pending);
};
