import type { Figures, Outcome } from '../framework';
import type { IterationProblem } from '../problems/iteration';
import { weightDifference } from './agreement';
import { checkAll, makeAll, rowOf, type Run } from './comparison';
import type { Row } from './row';
import { timed } from '../../statistics';
import { inTurns } from './turns';

/** Relative, of figures, of the student's gradient and of all weights after one iteration. */
const WORST_DIFFERENCE = 1e-3;

const figureDifferences = (found: Figures, expected: Figures) =>
  Object.fromEntries(
    (['caNorm', 'dmNorm', 'criticLoss', 'imageMean'] as const).map((figure) => [
      figure,
      Math.abs(found[figure] / expected[figure] - 1),
    ]),
  );

/**
 * The gradient tells more than the weights: a first step of Adam moves every weight by its learning
 * rate, whatever the gradient's size, so that rounding alone turns some of the smallest around.
 */
const outcomeDifferences = (found: Outcome, expected: Outcome) => ({
  'student gradient': weightDifference(found.studentGradient, expected.studentGradient),
  student: weightDifference(found.student, expected.student),
  'student average': weightDifference(found.studentAverage, expected.studentAverage),
  critic: weightDifference(found.critic, expected.critic),
});

/** Whole iterations of distillation: checked after the first, then timed. */
export const compareIterations = async (run: Run, problem: IterationProblem): Promise<Row[]> => {
  const { frameworks, rounds, note } = run;
  const work = `iteration, ${problem.critic.length} critic updates`;
  const all = await makeAll(run, work, (framework) => framework.distillation(problem));
  const answers = [];
  for (const [index, distillation] of all.entries()) {
    const name = frameworks[index]?.name ?? '';
    note(`${work}: checking ${name}`);
    const figures = await distillation.iterate();
    note(`${work}: ${JSON.stringify(figures)}`);
    answers.push({ name, answer: { figures, outcome: await distillation.outcome() } });
  }
  const differences = checkAll(work, answers, WORST_DIFFERENCE, (found, expected) => ({
    ...figureDifferences(found.figures, expected.figures),
    ...outcomeDifferences(found.outcome, expected.outcome),
  }));
  note(`timing ${work}`);
  const times = await inTurns(all, rounds, (distillation) => timed(() => distillation.iterate()));
  for (const distillation of all) distillation.destroy();
  return [rowOf(work, null, run, times, differences)];
};
