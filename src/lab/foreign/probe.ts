import type { Question } from '../../distill/outside';
import type { Prediction } from '../../flow/convention';
import type { Engine } from '../../graph/engine';
import { PhiloxStream } from '../../graph/philox';
import { read, variable } from '../../graph/tensor';
import { imagesOf, type OpenTask } from '../../tasks/task';
import type { ForeignNetwork } from './network';

/** Real images with the noise that they are mixed with. */
export interface ProbeSet {
  /** (count, values) each. */
  readonly clean: Float32Array;
  readonly noise: Float32Array;
  readonly rows: Int32Array<ArrayBuffer>;
  readonly count: number;
}

const SEED = 0x9e0be;

/** `count` held-out images of a task, with noise and their prompts. */
export const probeSet = (task: OpenTask, count: number): ProbeSet => {
  const { images, prompts } = imagesOf(task).draw(SEED, count, 'heldOut');
  const random = new PhiloxStream(SEED, 0, 0);
  const noise = Float32Array.from(images, () => random.normal());
  return { clean: images, noise, rows: task.prompts.rowsOf(prompts), count };
};

/** x_tau = tau x + (1 - tau) eps. */
const mixed = ({ clean, noise }: ProbeSet, tau: number): Float32Array<ArrayBuffer> =>
  Float32Array.from(clean, (x, index) => tau * x + (1 - tau) * (noise[index] ?? 0));

/**
 * The network's own output (count, C, H, W) at x_tau under the images' prompts. `claimed`: the noise
 * level that it is told, where that is another.
 */
export const askRaw = async (
  engine: Engine,
  network: ForeignNetwork,
  set: ProbeSet,
  tau: number,
  claimed = tau,
): Promise<Float32Array<ArrayBuffer>> => {
  const shape = network.answerShape(set.count);
  const [, , height = 1, width = 1] = shape;
  const x = variable('probe', [set.count, 3, height, width]);
  const level = variable('probe level', [set.count]);
  const given = network.ask(read(x), read(level));
  const question: Question = {
    x: variable('probe question', given.x.shape),
    t: variable('probe times', given.t.shape),
    answer: variable('probe answer', shape),
    prompted: [true],
  };
  const program = await engine.prepare({
    name: 'probe',
    assign: [
      { variable: question.x, value: given.x },
      { variable: question.t, value: given.t },
    ],
  });
  try {
    const levels = new Float32Array(set.count).fill(claimed);
    await engine
      .record()
      .run(program, {}, [
        [x, mixed(set, tau)],
        [level, levels],
      ])
      .submit();
    await network.evaluate(question, set.rows);
    return firstChannels(await engine.memory.read(question.answer), set);
  } finally {
    program.destroy();
    engine.memory.free([x, level, question.x, question.t, question.answer]);
  }
};

/** The prediction alone, where a network gives something else in further channels. */
const firstChannels = (
  answer: Float32Array<ArrayBuffer>,
  { clean, count }: ProbeSet,
): Float32Array<ArrayBuffer> => {
  const [own, all] = [clean.length / count, answer.length / count];
  return own === all ? answer : answer.filter((_, index) => index % all < own);
};

const TARGETS: Readonly<Record<Prediction, (clean: number, noise: number) => number>> = {
  velocity: (clean, noise) => clean - noise,
  reversedVelocity: (clean, noise) => noise - clean,
  noise: (_clean, noise) => noise,
  clean: (clean) => clean,
};

/** Squared error of an output as each kind of prediction, as a share of what it should be. */
export const errorsAs = (
  output: Float32Array,
  { clean, noise }: ProbeSet,
): Readonly<Record<Prediction, number>> => {
  const errorAs = (target: (clean: number, noise: number) => number): number => {
    let [error, whole] = [0, 0];
    output.forEach((value, index) => {
      const wanted = target(clean[index] ?? 0, noise[index] ?? 0);
      error += (value - wanted) ** 2;
      whole += wanted ** 2;
    });
    return error / whole;
  };
  return {
    velocity: errorAs(TARGETS.velocity),
    reversedVelocity: errorAs(TARGETS.reversedVelocity),
    noise: errorAs(TARGETS.noise),
    clean: errorAs(TARGETS.clean),
  };
};
