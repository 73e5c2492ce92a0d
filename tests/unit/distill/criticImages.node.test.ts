import { describe, expect } from 'vitest';
import { declareArm, armVariables } from '../../../src/distill/arm';
import { parseConfig } from '../../../src/distill/config';
import { criticImages } from '../../../src/distill/programs/critic';
import { configSettings } from '../../../src/distill/settings';
import { StagedProgram } from '../../../src/distill/staged';
import { PhiloxStream } from '../../../src/graph/philox';
import { sharedEngine, SOFTWARE_CHOICE } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { tinyPrompts, tinyTeacher, tinyWeights } from '../../support/tinyTeacher';
import { withTrainer } from '../../support/tinyTrainer';

const BATCH = 2;
const STEP = 33;

test('one pass makes the images that a pass for each update would', async ({ gpu }) => {
  const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
  const teacher = tinyTeacher(engine);
  const arm = declareArm(teacher, BATCH);
  engine.memory.write(arm.networks.student.parameters.flat, tinyWeights(5));
  const config = parseConfig({ batch: BATCH });
  const settings = configSettings(config, null);
  const promptsAt = (step: number) =>
    tinyPrompts(new PhiloxStream(1, 0, step), BATCH, config.prompts);

  const [alone, , together] = arm.criticBatches;
  if (!alone || !together) throw new Error('no batches');
  const imagesOf = async (batch: typeof alone, step: number): Promise<Float32Array> => {
    const spec = criticImages(arm, config, 0, batch);
    const { program } = await StagedProgram.prepare(engine, spec);
    const rows = Array.from({ length: batch.updates }, (_, later) => [...promptsAt(step + later)]);
    const [images] = await engine
      .record()
      .run(program, { ...settings, step: { u32: step } }, [
        [batch.rows, Int32Array.from(rows.flat())],
      ])
      .read(batch.images)
      .submit();
    program.destroy();
    return images ?? new Float32Array();
  };

  const apart = [];
  for (const later of [0, 1, 2]) apart.push(...(await imagesOf(alone, STEP + later)));
  expect([...(await imagesOf(together, STEP))]).toEqual(apart);
  engine.memory.free([...armVariables(arm), teacher.parameters.flat, teacher.nullRows]);
});

describe('the number of updates may change in mid-run', () => {
  test('to more, to none and back', ({ gpu }) =>
    withTrainer(gpu, { batch: BATCH, critic: { updates: 1 } }, async (trainer) => {
      for (const updates of [1, 3, 0, 2]) {
        await trainer.configure(parseConfig({ batch: BATCH, critic: { updates } }));
        const { criticLoss } = await trainer.iterate();
        if (updates === 0) expect(criticLoss).toBeNull();
        else expect(criticLoss).toBeGreaterThan(0);
      }
    }));

  test('students of several steps have images of one update a pass', ({ gpu }) =>
    withTrainer(gpu, { batch: BATCH, student: { steps: 2 } }, async (trainer) => {
      const { criticLoss } = await trainer.iterate();
      expect(criticLoss).toBeGreaterThan(0);
      expect(trainer.cost().criticImageDispatches % 3).toBe(0);
    }));
});
