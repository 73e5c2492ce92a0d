import { Trainer } from '../../../src/distill/trainer';
import type { Engine } from '../../../src/graph/engine';
import { uploadTeacher } from '../../../src/lab/teacher';
import type { Distillation } from '../framework';
import type { IterationProblem } from '../problems/iteration';
import { weightsOf } from '../problems/weights';

/** The trainer that the page and the command line use; it makes its draws itself, on the GPU. */
export const engineDistillation = async (
  engine: Engine,
  { teacher, data, config, criticFlat }: IterationProblem,
): Promise<Distillation> => {
  const trainer = await Trainer.create(engine, uploadTeacher(engine, teacher), data, config);
  engine.memory.write(trainer.critic.parameters.flat, criticFlat);
  return {
    iterate: async () => {
      const { caNorm, dmNorm, criticLoss, imageMean } = await trainer.iterate();
      return {
        caNorm: caNorm ?? NaN,
        dmNorm: dmNorm ?? NaN,
        criticLoss: criticLoss ?? NaN,
        imageMean,
      };
    },
    outcome: async () => {
      const { tensors } = await trainer.save();
      const of = (name: string) =>
        weightsOf(teacher.config, tensors.get(name) ?? new Float32Array());
      return {
        studentGradient: of('student.firstMoment'),
        student: of('student.parameters'),
        studentAverage: of('student.average'),
        critic: of('critic.parameters'),
      };
    },
    destroy: () => {
      engine.destroy();
    },
  };
};
