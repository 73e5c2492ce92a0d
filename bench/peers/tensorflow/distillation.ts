import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { ADAM } from '../../../src/distill/settings';
import { readWeights, type Distillation } from '../framework';
import type { IterationProblem, RenoiseDraws } from '../problems/iteration';
import {
  frozenWeights,
  onDevice,
  promptsOnDevice,
  readAndFree,
  readTensor,
  variables,
} from './arrays';
import { generate, renoise } from './flow';
import { studentUpdate, type RenoiseTensors } from './studentUpdate';
import { newTrainee } from './trainee';
import { tensorflowVelocity } from './velocity';

const drawsOnDevice = ({ tau, noise }: RenoiseDraws): RenoiseTensors => ({
  tau: onDevice(tau),
  noise: onDevice(noise),
});

export const tensorflowDistillation = (problem: IterationProblem): Promise<Distillation> => {
  const { config, weights } = problem;
  const velocity = tensorflowVelocity(problem.teacher.config);
  const teacher = frozenWeights(weights);
  const average = variables(weights);
  const student = newTrainee(weights, { ...ADAM, learningRate: config.student.learningRate });
  const critic = newTrainee(problem.criticWeights, {
    ...ADAM,
    learningRate: config.critic.learningRate,
  });
  // Every iteration has the draws of the first: what they are takes no time.
  const draws = {
    noise: onDevice(problem.student.noise),
    rows: promptsOnDevice(problem.student.rows, config.batch),
    teacherRows: promptsOnDevice(problem.teacherRows, 3 * config.batch),
    ca: drawsOnDevice(problem.student.ca),
    dm: drawsOnDevice(problem.student.dm),
  };
  const criticDraws = problem.critic.map(({ noise, rows, look }) => ({
    noise: onDevice(noise),
    rows: promptsOnDevice(rows, config.batch),
    look: drawsOnDevice(look),
  }));
  const criticUpdate = ({ noise, rows, look }: (typeof criticDraws)[number]): Tensor =>
    tf.tidy(() => {
      const gen = generate(velocity, student.weights, noise, rows);
      const x = renoise(gen, look.tau, look.noise);
      const target = gen.sub(look.noise);
      return critic.minimise(() =>
        velocity(critic.weights, x, look.tau, rows).sub(target).square().mean(),
      );
    });
  return Promise.resolve({
    iterate: async () => {
      const all = tf.tidy(() => {
        const figures = studentUpdate(
          velocity,
          config,
          student,
          average,
          teacher,
          critic.weights,
          draws,
        );
        const losses = criticDraws.map((own) => criticUpdate(own));
        const result = tf.concat([figures, tf.stack(losses)], 0);
        figures.dispose();
        return result;
      });
      // The device reads them back after all that was asked of it before, optimizers too.
      const figures = await readAndFree(all);
      const [caNorm = NaN, dmNorm = NaN, imageMean = NaN, ...criticLosses] = figures;
      const criticLoss = criticLosses.reduce((sum, loss) => sum + loss, 0) / criticLosses.length;
      return { caNorm, dmNorm, criticLoss, imageMean };
    },
    outcome: async () => ({
      studentGradient: await readWeights(await student.firstMoments(), readTensor),
      student: await readWeights(student.weights, readTensor),
      studentAverage: await readWeights(average, readTensor),
      critic: await readWeights(critic.weights, readTensor),
    }),
    destroy: () => {
      student.destroy();
      critic.destroy();
      tf.dispose([...teacher.values(), ...average.values()]);
      tf.dispose([draws, criticDraws]);
    },
  });
};
