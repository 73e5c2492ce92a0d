import type { Engine } from '../../src/graph/engine';
import type { Executable } from '../../src/graph/executable';
import { read, variable } from '../../src/graph/tensor';
import type { DitTeacher } from '../../src/distill/ditTeacher';
import type { Backbone, Velocity } from '../../src/models/backbone';
import { ParameterRow } from '../../src/models/parameters';
import { ARMS, type Programs } from './contest';

/** A network's velocity at so many images, with inputs and a result of its own. */
const evaluation = (
  engine: Engine,
  { sampleShape, promptRows }: Backbone,
  velocity: Velocity,
  images: number,
): Promise<Executable> => {
  const shape = [images, ...sampleShape];
  const value = velocity({
    x: read(variable('x', shape)),
    t: read(variable('t', [images])),
    rows: read(variable('rows', [images, promptRows], 'i32')),
  });
  return engine.prepare({
    name: `velocity of ${images} images`,
    assign: [{ variable: variable('velocity', shape), value }],
  });
};

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The teacher at `images` images an arm: one network, so that one batch is a longer batch. */
export const teacherPrograms = (
  engine: Engine,
  { backbone, velocity }: DitTeacher,
  images: number,
): Promise<Programs[]> =>
  Promise.all(
    ARMS.map(async (arms) => ({
      arms,
      apart: await Promise.all(
        range(arms).map(() => evaluation(engine, backbone, velocity, images)),
      ),
      together: [await evaluation(engine, backbone, velocity, arms * images)],
    })),
  );

/**
 * Students that began as the teacher, each at `images` images: their weights lie apart, and one batch
 * has a part for each (`perPart`).
 */
export const studentPrograms = async (
  engine: Engine,
  { backbone, parameters }: DitTeacher,
  images: number,
): Promise<Programs[]> => {
  const rows = ARMS.map((arms) => {
    const names = range(arms).map((index) => `student ${index + 1}`);
    return { names, students: new ParameterRow(names, parameters.layout) };
  });
  for (const { names, students } of rows) {
    for (const name of names) {
      engine.memory.copy(parameters.flat, students.network(name).flat);
    }
  }
  return Promise.all(
    rows.map(async ({ names, students }) => {
      const [, ...others] = names;
      const all = students.serving([1, ...others.map(() => 1)]);
      const ask = (weights: Parameters<Backbone['velocity']>[0], count: number) =>
        evaluation(engine, backbone, backbone.velocity(weights), count);
      return {
        arms: names.length,
        apart: await Promise.all(names.map((name) => ask(students.network(name), images))),
        together: [await ask(all, names.length * images)],
      };
    }),
  );
};
