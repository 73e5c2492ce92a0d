import { blockUntilReady, jit, numpy as np, tree } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import { readWeights, type Distillation } from '../framework';
import type { IterationProblem, RenoiseDraws } from '../problems/iteration';
import { corrections, newTrainee } from './adam';
import { onDevice, promptsOnDevice, readArray, take, weightsOnDevice } from './arrays';
import { criticAdam, criticUpdate } from './criticUpdate';
import { studentAdam, studentUpdate } from './studentUpdate';
import { jaxVelocity } from './velocity';

const drawsOnDevice = ({ tau, noise }: RenoiseDraws): Tree => ({
  tau: onDevice(tau),
  noise: onDevice(noise),
});

/** The iteration as two functions under jit: the student's update, and the critic's. */
export const jaxDistillation = (problem: IterationProblem): Promise<Distillation> => {
  const { config, weights, teacher } = problem;
  const velocity = jaxVelocity(teacher.config);
  const updateStudent = jit(studentUpdate(velocity, config));
  const updateCritic = jit(criticUpdate(velocity, config));

  const frozen = weightsOnDevice(weights);
  let student = { ...newTrainee(weights), average: weightsOnDevice(weights) };
  let critic = newTrainee(problem.criticWeights);
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
  let [studentUpdates, criticUpdates] = [0, 0];
  return Promise.resolve({
    iterate: async () => {
      const [figures, nextStudent] = updateStudent(
        student,
        tree.ref(frozen),
        tree.ref(critic.p),
        corrections(studentAdam(config), ++studentUpdates),
        tree.ref(draws),
      );
      student = nextStudent;
      const losses: JaxArray[] = [];
      for (const own of criticDraws) {
        const [loss, nextCritic] = updateCritic(
          critic,
          tree.ref(student.p),
          corrections(criticAdam(config), ++criticUpdates),
          tree.ref(own),
        );
        critic = nextCritic;
        losses.push(loss.reshape([1]));
      }
      const read = np.concatenate([figures, ...losses], 0).data();
      // Optimizers too: what one function computes is submitted together.
      await blockUntilReady([take(student.p, 'posEmbed'), take(critic.p, 'posEmbed')]);
      const [caNorm = NaN, dmNorm = NaN, imageMean = NaN, ...criticLosses] = await read;
      const criticLoss = criticLosses.reduce((sum, loss) => sum + loss, 0) / criticLosses.length;
      return { caNorm, dmNorm, criticLoss, imageMean };
    },
    outcome: async () => {
      const read = (held: Tree) => readWeights(Object.entries(held), readArray);
      return {
        studentGradient: await read(student.first),
        student: await read(student.p),
        studentAverage: await read(student.average),
        critic: await read(critic.p),
      };
    },
    destroy: () => {
      tree.dispose([student, critic, frozen, draws, criticDraws]);
      updateStudent.dispose();
      updateCritic.dispose();
    },
  });
};
