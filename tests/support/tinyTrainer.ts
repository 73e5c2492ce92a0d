import { parseConfig, type DistillConfigInput } from '../../src/distill/config';
import { Trainer, type TrainingData } from '../../src/distill/trainer';
import type { Gpu } from '../../src/gpu/gpu';
import type { Engine } from '../../src/graph/engine';
import { sharedEngine, SOFTWARE_CHOICE } from './evaluate';
import { tinyData, tinyTeacher } from './tinyTeacher';

/** Makes a trainer of a fresh tiny teacher, hands it to `work`, and frees both. */
export const withTrainer = async <Result>(
  gpu: Gpu,
  config: DistillConfigInput,
  work: (trainer: Trainer, engine: Engine) => Promise<Result>,
  data: TrainingData = tinyData,
): Promise<Result> => {
  const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
  const teacher = tinyTeacher(engine);
  const trainer = await Trainer.create(engine, teacher, data, parseConfig(config));
  try {
    return await work(trainer, engine);
  } finally {
    trainer.destroy();
    engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
  }
};
