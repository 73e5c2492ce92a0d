import type { IterationFigures } from '../../src/distill/figures';
import type { Gpu } from '../../src/gpu/gpu';
import {
  parseLabConfig,
  type ArmConfigInput,
  type ArmId,
  type ArmSpec,
  type LabConfigInput,
} from '../../src/lab/config';
import { parseEvaluationOptions } from '../../src/lab/evaluationOptions';
import { Lab, type LabMaterial, type LabOptions } from '../../src/lab/lab';
import { readTeacher } from '../../src/lab/teacher';
import { avatarPrompts } from '../../src/tasks/avatars/attributes';
import { avatars } from './avatars';
import { KERNEL_CHOICES } from './evaluate';
import { tinyTeacherFile } from './tinyTeacher';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

/** A lab's surroundings with the tiny teacher and no classifier. */
export const tinyMaterial = (gpu: Gpu): LabMaterial => ({
  gpu,
  choice,
  teacher: readTeacher(tinyTeacherFile().buffer),
  task: avatars,
  judge: null,
  grid: { prompts: [[0, 0, 0, 0, 0, 0, 0, 0], avatarPrompts.nullPrompt], seed: 7 },
});

/** Arms that cost little: one critic update each. */
export const CA_DM: ArmConfigInput = { critic: { updates: 1 } };
export const CA_ONLY: ArmConfigInput = { terms: { dm: { enabled: false } } };

/** A checked arm, named like its id. */
export const armSpec = (id: ArmId, config: ArmConfigInput): ArmSpec => {
  const [arm] = parseLabConfig({ arms: [{ id, name: id, config }] }).arms;
  if (!arm) throw new Error('no arm');
  return arm;
};

/** A lab of these arms with batches of two; it is never evaluated unless `more` says so. */
export const tinyLab = (
  gpu: Gpu,
  arms: Readonly<Record<ArmId, ArmConfigInput>>,
  more: Partial<LabOptions> & { readonly shared?: Partial<LabConfigInput> } = {},
): Promise<Lab> => {
  const { shared, ...options } = more;
  return Lab.create({
    ...tinyMaterial(gpu),
    evaluation: parseEvaluationOptions({ every: 0 }),
    config: parseLabConfig({
      batch: 2,
      ...shared,
      arms: Object.entries(arms).map(([id, config]) => ({ id, name: id, config })),
    }),
    ...options,
  });
};

/** Runs rounds one after another; the figures of each arm. */
export const runRounds = async (
  lab: Lab,
  rounds: number,
): Promise<Map<ArmId, IterationFigures[]>> => {
  const figures = new Map<ArmId, IterationFigures[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [id, row] of await lab.iterate()) {
      figures.set(id, [...(figures.get(id) ?? []), row]);
    }
  }
  return figures;
};

/** Every weight, moment and counter of an arm. */
export const stateOf = async (lab: Lab, id: ArmId) => {
  const { record, states } = await lab.checkpoint();
  return states[record.arms.findIndex((arm) => arm.id === id)];
};
