import { renoise } from '../flow/renoise';
import { sampleTau } from '../flow/sampleTau';
import { gradients } from '../graph/differentiate';
import { adamStep, clipFactor } from '../graph/optimizers/adam';
import { add, multiply, sqrt, square, subtract } from '../graph/ops/pointwise';
import { randomNormal, type RandomSource } from '../graph/ops/random';
import { mean, meanAndVariance } from '../graph/ops/reduce';
import { concat, reshape } from '../graph/ops/views';
import type { Assignment, ProgramSpec } from '../graph/plan/program';
import { constant, read, type Tensor, type Variable } from '../graph/tensor';
import { imageShape } from '../models/dit/config';
import { ditVelocity } from '../models/dit/dit';
import type { ParameterSet } from '../models/parameters';
import type { DistillConfig } from './config';
import { generatorStep, simulate, type Generator } from './generate';
import { cleanPredictions, repeatRows, type Point, type Teacher, type Trainee } from './networks';
import { ADAM, scalars, type TraineeId } from './settings';
import { STREAMS } from './streams';
import type { TERM_IDS } from './terms/registry';
import { enabledTerms, TERMS } from './terms/registry';
import type { Evaluation, TermContext } from './terms/term';
import { totalUpdate, updateGradient } from './terms/updateLoss';

type TermId = (typeof TERM_IDS)[number];

/** Memory of one arm that its programs share. */
export interface ArmMemory {
  readonly teacher: Teacher;
  readonly student: Trainee;
  readonly critic: Trainee;
  /** Prompts of this update, i32 (B, A). */
  readonly rows: Variable;
  /** [norm of CA, norm of DM, mean of images, variance of images]. */
  readonly figures: Variable;
  /** Mean critic loss of this iteration (1). */
  readonly criticLoss: Variable;
}

const random = (stream: number): RandomSource => ({
  seed: scalars.seed(),
  step: scalars.step(),
  stream,
});

/** x_gen at step `step` (from 0) of the schedule, and that step's time. */
const generate = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
): { gen: Tensor; t: Tensor } => {
  const generator: Generator = {
    config: arm.teacher.config,
    parameters: arm.student.parameters,
    rows: read(arm.rows),
  };
  const shape = imageShape(arm.teacher.config, config.batch);
  const steps = Array.from({ length: step + 1 }, (_, index) => index);
  const z = simulate(generator, {
    times: steps.map((index) => scalars.time(index)),
    noises: steps.map((index) =>
      randomNormal(
        shape,
        random(index === 0 ? STREAMS.initialNoise : STREAMS.simulationNoise + index),
      ),
    ),
  });
  const t = scalars.time(step);
  return { gen: generatorStep(generator, z, t), t };
};

/** Where a term looks at x_gen: its own tau and noise, or CA's when they are shared. */
const renoisedPoint = (
  arm: ArmMemory,
  config: DistillConfig,
  term: TermId,
  gen: Tensor,
  t: Tensor,
): Omit<Point, 'rows'> => {
  const [tauStream, noiseStream] =
    term === 'ca' ? [STREAMS.caTau, STREAMS.caNoise] : [STREAMS.dmTau, STREAMS.dmNoise];
  const tau = sampleTau(config.batch, {
    ...random(tauStream),
    lo: scalars.tauLo(term),
    hi: scalars.tauHi(term),
    aboveT: scalars.aboveT(term),
    t,
  });
  const noise = randomNormal(imageShape(arm.teacher.config, config.batch), random(noiseStream));
  return { x: renoise(gen, tau, noise), tau };
};

/** Evaluates what all terms need, one batch a network, and gives each term its predictions. */
const predictionsFor = (
  arm: ArmMemory,
  config: DistillConfig,
  points: ReadonlyMap<TermId, Omit<Point, 'rows'>>,
): ((term: TermId) => TermContext['predictions']) => {
  const rows = read(arm.rows);
  const nullRows = repeatRows(read(arm.teacher.nullRows), config.batch);
  const asked = new Map<string, { evaluation: Evaluation; point: Point }>();
  const keyOf = (evaluation: Evaluation, at: Omit<Point, 'rows'>) => `${evaluation} ${at.x.id}`;
  for (const [term, at] of points) {
    for (const evaluation of TERMS[term].needs) {
      const point = { ...at, rows: evaluation === 'teacherUncond' ? nullRows : rows };
      asked.set(keyOf(evaluation, at), { evaluation, point });
    }
  }
  const answers = new Map<string, Tensor>();
  const evaluate = (parameters: ParameterSet, ofCritic: boolean): void => {
    const batch = [...asked].filter(([, ask]) => (ask.evaluation === 'criticCond') === ofCritic);
    const clean = cleanPredictions(
      arm.teacher.config,
      parameters,
      batch.map(([, ask]) => ask.point),
    );
    batch.forEach(([key], index) => {
      const answer = clean[index];
      if (answer) answers.set(key, answer);
    });
  };
  evaluate(arm.teacher.parameters, false);
  evaluate(arm.critic.parameters, true);
  return (term) => {
    const answer = (evaluation: Evaluation) => (): Tensor => {
      const at = points.get(term);
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

/** Gradients of every parameter, each to its window of the flat gradient. */
const assignGradients = (trainee: Trainee, from: Tensor, seed: Tensor): Assignment[] => {
  const names = trainee.parameters.trainable();
  const wanted = names.map((name) => trainee.parameters.tensor(name));
  return gradients([{ tensor: from, gradient: seed }], wanted).map((value, index) => ({
    variable: trainee.gradient.window(names[index] ?? ''),
    value,
  }));
};

const asEntry = (value: Tensor): Tensor => reshape(value, [1]);

/**
 * The student's update (Algorithm 1, steps 1 to 3) at step `step` (from 0) of its schedule: x_gen,
 * each term's Delta at its own tau, and the gradient of 1/2 mean((x_gen - sg(x_gen + Delta))^2).
 */
export const studentGradient = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
): ProgramSpec => {
  const { gen, t } = generate(arm, config, step);
  const terms = enabledTerms(config);
  const points = new Map<TermId, Omit<Point, 'rows'>>();
  for (const term of terms) {
    const shared = term === 'dm' && config.terms.dm.sharedTau ? points.get('ca') : undefined;
    points.set(term, shared ?? renoisedPoint(arm, config, term, gen, t));
  }
  const predictions = predictionsFor(arm, config, points);
  const deltas = new Map<TermId, Tensor>();
  for (const term of terms) {
    const delta = TERMS[term].update({
      gen,
      predictions: predictions(term),
      guidanceScale: scalars.guidanceScale(),
      weight: scalars.weight(term),
      normalise: scalars.normalise(),
    });
    deltas.set(term, delta);
  }
  const norm = (term: TermId): Tensor => {
    const delta = deltas.get(term);
    return asEntry(delta ? sqrt(mean(square(delta))) : constant(0));
  };
  const statistics = meanAndVariance(gen);
  const figures = concat(
    [norm('ca'), norm('dm'), asEntry(mean(statistics.mean)), asEntry(mean(statistics.variance))],
    0,
  );
  const [first, ...rest] = deltas.values();
  return {
    name: `student update, step ${step + 1}`,
    assign: [
      { variable: arm.figures, value: figures },
      ...(first
        ? assignGradients(arm.student, gen, updateGradient(totalUpdate([first, ...rest])))
        : []),
    ],
  };
};

/** The critic's flow-matching loss on fresh images of the student (Algorithm 1, step 4). */
export const criticGradient = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
): ProgramSpec => {
  const { gen } = generate(arm, config, step);
  const noise = randomNormal(gen.shape, random(STREAMS.criticNoise));
  const tau = sampleTau(config.batch, {
    ...random(STREAMS.criticTau),
    lo: scalars.tauLo('critic'),
    hi: scalars.tauHi('critic'),
    aboveT: scalars.aboveT('critic'),
    t: constant(0),
  });
  const velocity = ditVelocity(arm.teacher.config, arm.critic.parameters, {
    x: renoise(gen, tau, noise),
    t: tau,
    rows: read(arm.rows),
  });
  const loss = mean(square(subtract(velocity, subtract(gen, noise))));
  const carried = multiply(read(arm.criticLoss), scalars.lossCarried());
  const running = add(carried, multiply(asEntry(loss), scalars.lossShare()));
  return {
    name: `critic update, step ${step + 1}`,
    assign: [
      { variable: arm.criticLoss, value: running },
      ...assignGradients(arm.critic, loss, constant(1)),
    ],
  };
};

/** Adam on all parameters of a network; for students with the moving average. */
export const optimizerStep = (id: TraineeId, trainee: Trainee): ProgramSpec => ({
  name: `${id} optimizer`,
  assign: [],
  effects: [
    adamStep({
      parameters: trainee.parameters.flat,
      firstMoment: trainee.firstMoment,
      secondMoment: trainee.secondMoment,
      ...(trainee.average && { average: trainee.average.flat, emaDecay: scalars.emaDecay() }),
      gradient: trainee.gradient.flat,
      learningRate: scalars.learningRate(id),
      correction1: scalars.correction1(id),
      correction2: scalars.correction2(id),
      clipFactor: clipFactor(read(trainee.gradient.flat), scalars.gradientClip(id)),
      ...ADAM,
    }),
  ],
});
