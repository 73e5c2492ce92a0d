import type { ProgramSpec } from '../../graph/plan/program';
import { read, type Tensor } from '../../graph/tensor';
import type { ArmMemory } from '../arm';
import type { DistillConfig, TauTermId, TermId } from '../config';
import { studentFigures } from '../figures';
import { cleanFrom, cleanPredictions, discriminate, type Point } from '../networks';
import { scalars } from '../settings';
import { pointOf, staged, type Ask, type Query, type StagedSpec } from '../staged';
import { groupForStatistics } from '../statistics';
import { enabledTerms, pointOwner, TAU_TERM_IDS, TERMS } from '../terms/registry';
import type { Evaluation, TermContext } from '../terms/term';
import { totalUpdate, updateGradient } from '../terms/updateLoss';
import { generate, lookAt } from './draws';
import { assignGradients } from './gradient';

/** Where each term looks at x_gen: its own tau and noise, or those of the term it shares with. */
const renoisedPoints = (
  arm: ArmMemory,
  config: DistillConfig,
  gen: Tensor,
  t: Tensor,
): Map<TermId, Point> => {
  const points = new Map<TermId, Point>();
  for (const range of TAU_TERM_IDS) {
    const { draws } = TERMS[range];
    if (!config.terms[range].enabled || !draws) continue;
    const shared = points.get(pointOwner(config, range));
    const own = () => ({ ...lookAt(gen, { range, ...draws, t }), rows: read(arm.rows) });
    points.set(range, shared ?? own());
  }
  return points;
};

/** Clean predictions of the teacher, then of the critic: one batch where both are networks alike. */
const predictionsAt = (
  { teacher, scores, networks }: ArmMemory,
  ask: Ask,
  real: readonly Query[],
  fake: readonly Point[],
): Tensor[] => {
  const { backbone } = teacher;
  if (scores && real.length > 0 && fake.length > 0) {
    const both = backbone.velocity(scores.serving([real.length, fake.length]));
    return cleanPredictions(both, [...real.map((query) => pointOf(query, teacher)), ...fake]);
  }
  const critic = backbone.velocity(networks.critic.parameters);
  return [...cleanFrom(real, ask(real)), ...cleanPredictions(critic, fake)];
};

/** Evaluates what all terms need at once, and gives each term its predictions. */
const predictionsFor = (
  arm: ArmMemory,
  ask: Ask,
  pointsOf: ReadonlyMap<TermId, Point>,
): ((term: TermId) => TermContext['predictions']) => {
  const asked = new Map<string, { evaluation: Evaluation; point: Point }>();
  const keyOf = (evaluation: Evaluation, at: Point) => `${evaluation} ${at.x.id}`;
  for (const [term, at] of pointsOf) {
    for (const need of TERMS[term].needs) {
      if (need === 'discriminator' || need === 'statistics') continue;
      asked.set(keyOf(need, at), { evaluation: need, point: at });
    }
  }
  const all = [...asked];
  const isReal = ([, { evaluation }]: (typeof all)[number]): boolean => evaluation !== 'criticCond';
  const [real, fake] = [all.filter(isReal), all.filter((one) => !isReal(one))];
  const queries = real.map(([, { evaluation, point }]) =>
    evaluation === 'teacherUncond' ? { ...point, rows: null } : point,
  );
  const points = fake.map(([, { point }]) => point);
  const clean = predictionsAt(arm, ask, queries, points);
  const answers = new Map([...real, ...fake].map(([key], index) => [key, clean[index]]));
  return (term) => {
    const answer = (evaluation: Evaluation) => (): Tensor => {
      const at = pointsOf.get(term);
      const tensor = at && answers.get(keyOf(evaluation, at));
      if (!tensor) throw new RangeError(`Term ${term} did not ask for ${evaluation}.`);
      return tensor;
    };
    return {
      teacherCond: answer('teacherCond'),
      teacherUncond: answer('teacherUncond'),
      criticCond: answer('criticCond'),
    };
  };
};

/** What each term that is switched on wants, in their order. */
const updates = (
  arm: ArmMemory,
  config: DistillConfig,
  ask: Ask,
  gen: Tensor,
  points: ReadonlyMap<TermId, Point>,
): Map<TermId, Tensor> => {
  const predictions = predictionsFor(arm, ask, points);
  const contextOf = (term: TermId): TermContext => ({
    gen,
    point: () => {
      const point = points.get(term);
      if (!point) throw new RangeError(`Term ${term} draws no noise level of its own.`);
      return point;
    },
    predictions: predictions(term),
    discriminate: (point) =>
      discriminate(arm.teacher.backbone, arm.networks.discriminator.parameters, point),
    statistics: {
      mean: scalars.targetMean(),
      variance: scalars.targetVariance(),
      over: arm.teacher.backbone.statistics,
    },
    guidanceScale: scalars.guidanceScale(),
    weight: scalars.weight(term),
    normalise: scalars.normalise(),
  });
  return new Map(enabledTerms(config).map((term) => [term, TERMS[term].update(contextOf(term))]));
};

/**
 * The student's update (Algorithm 1, steps 1 to 3) at step `step` (from 0) of its schedule: x_gen,
 * each term's Delta at its own tau, and the gradient of 1/2 mean((x_gen - sg(x_gen + Delta))^2).
 */
export const studentGradient = (arm: ArmMemory, config: DistillConfig, step: number): StagedSpec =>
  staged(arm.teacher, (ask) => askingGradient(arm, config, step, ask));

const askingGradient = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
  ask: Ask,
): ProgramSpec => {
  const { gen, t } = generate(arm, config, step);
  const points = renoisedPoints(arm, config, gen, t);
  const deltas = updates(arm, config, ask, gen, points);
  const taus = new Map<TauTermId, Tensor>();
  for (const id of TAU_TERM_IDS) {
    const point = pointOwner(config, id) === id ? points.get(id) : undefined;
    if (point) taus.set(id, point.tau);
  }
  const [first, ...rest] = deltas.values();
  return {
    name: `student update, step ${step + 1}`,
    assign: [
      ...studentFigures(
        arm.figures,
        groupForStatistics(gen, arm.teacher.backbone.statistics),
        deltas,
        taus,
      ),
      ...(first
        ? assignGradients(arm.networks.student, [
            { tensor: gen, gradient: updateGradient(totalUpdate([first, ...rest])) },
          ])
        : []),
    ],
  };
};
