import { parseArguments, wholeNumber } from '../src/cli/arguments';
import { readAsset } from '../src/cli/assets';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { parseConfig, type DistillConfigInput } from '../src/distill/config';
import { Trainer } from '../src/distill/trainer';
import type { Gpu } from '../src/gpu/gpu';
import { Engine } from '../src/graph/engine';
import type { KernelChoice } from '../src/graph/kernel';
import { layerNorm } from '../src/graph/ops/layerNorm';
import { matmul } from '../src/graph/ops/matmul';
import { PhiloxStream } from '../src/graph/philox';
import { read, variable } from '../src/graph/tensor';
import { candidates } from '../src/graph/variants';
import { readTeacher, uploadTeacher } from '../src/lab/teacher';
import { openTask } from '../src/tasks/task';
import { trainingData } from '../src/tasks/trainingData';
import { requestGpu } from './adapter';
import { timeInTurns, type Contestant } from './runs';
import { summarise } from './statistics';

/**
 * What the variants that only some adapters have change: the error of products in half precision, E1 in
 * it, and the time of rows summed each way.
 */

const USAGE = `Error of half precision, E1 in it, and the time of every way to sum a row.

  node scripts/run.mjs bench/variants.ts

  --updates N        updates of E1's students (default 30; the figures are at every third of them)
  --batch N          images an update (default 8)
  --teacher FILE     a teacher's safetensors (default public/teachers/avatars.safetensors)
  --help`;

const SIDE = 64;
const LENGTHS = [128, 512, 2048];
const PRECISIONS: Readonly<Record<string, KernelChoice>> = {
  f32: { matmul: 'tiled', reduce: 'serial' },
  half: { matmul: 'halfTiled', reduce: 'serial' },
};

/** Errors of x W' against float64: root mean square beside the results', and the worst beside magnitudes. */
const errorOf = async (engine: Engine, length: number): Promise<string> => {
  const random = new PhiloxStream(1, 0, length);
  const draw = () => Float32Array.from({ length: SIDE * length }, () => random.normal());
  const [a, b] = [draw(), draw()];
  const [x, w] = [variable('x', [SIDE, length]), variable('w', [SIDE, length])];
  const result = variable('result', [SIDE, SIDE]);
  const value = matmul(read(x), read(w), { transposeB: true });
  const program = await engine.prepare({ name: 'product', assign: [{ variable: result, value }] });
  const inputs = [
    [x, a],
    [w, b],
  ] as const;
  const [got] = await engine.record().run(program, {}, inputs).read(result).submit();
  let [squares, results, worst] = [0, 0, 0];
  for (let at = 0; at < SIDE * SIDE; at++) {
    let [exact, size] = [0, 0];
    for (let k = 0; k < length; k++) {
      const product =
        (a[Math.floor(at / SIDE) * length + k] ?? NaN) * (b[(at % SIDE) * length + k] ?? NaN);
      exact += product;
      size += Math.abs(product);
    }
    const error = Math.abs((got?.[at] ?? NaN) - exact);
    squares += error ** 2;
    results += exact ** 2;
    worst = Math.max(worst, error / size);
  }
  const rms = Math.sqrt(squares / results);
  return `${rms.toExponential(1)} (worst ${(worst * 2 ** 11).toFixed(4)} x 2^-11 of the magnitudes)`;
};

const ARMS: Readonly<Record<string, DistillConfigInput>> = {
  'CA only': { terms: { dm: { enabled: false } }, critic: { updates: 0 } },
  'CA + DM': { critic: { updates: 1 } },
};

/** Spread of the student's images at every third of `updates`, from one seed. */
const spreadsOf = async (
  engine: Engine,
  file: ReturnType<typeof readTeacher>,
  config: DistillConfigInput,
  updates: number,
): Promise<number[]> => {
  const data = trainingData(await openTask(file.task, readAsset));
  const teacher = uploadTeacher(engine, file);
  const trainer = await Trainer.create(engine, teacher, data, parseConfig(config));
  const spreads = [];
  for (let update = 1; update <= updates; update++) {
    const { imageVariance } = await trainer.iterate();
    if (update % Math.ceil(updates / 3) === 0) spreads.push(imageVariance);
  }
  trainer.destroy();
  engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
  return spreads;
};

const WIDTH = 128;
const ROW_COUNTS = [512, 4096];
const ROUNDS = 9;

/** Milliseconds of LayerNorm under every way to sum that the device has, in turns. */
const timeRows = async (gpu: Gpu, rows: number): Promise<string> => {
  const engines = candidates(gpu).reduce.map((choice) => new Engine(gpu, choice));
  const contestants = await Promise.all(
    engines.map(async (engine): Promise<Contestant> => {
      const value = layerNorm(read(variable('x', [rows, WIDTH])));
      const assign = [{ variable: variable('result', value.shape), value }];
      return { engine, program: await engine.prepare({ name: 'rows', assign }), times: [] };
    }),
  );
  await timeInTurns(contestants, ROUNDS);
  const line = contestants.map(
    ({ engine, times }) => `${engine.choice.reduce} ${summarise(times).median.toFixed(2)} ms`,
  );
  engines.forEach((engine) => engine.destroy());
  return line.join('   ');
};

const main = async (): Promise<void> => {
  const values = parseArguments(process.argv.slice(2), {
    updates: { type: 'string', default: '30' },
    batch: { type: 'string', default: '8' },
    teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const updates = wholeNumber('updates', values.updates, 3, 100_000);
  const batch = wholeNumber('batch', values.batch, 1, 1024);
  const gpu = await requestGpu();
  console.log(`${gpu.info.name}, ${[...gpu.extensions].join(', ') || 'no optional features'}`);
  console.log(`\nLayerNorm of rows of ${WIDTH}, medians of ${ROUNDS} rounds in turns`);
  for (const rows of ROW_COUNTS) console.log(`${rows} rows   ${await timeRows(gpu, rows)}`);
  if (!gpu.extensions.has('f16')) {
    console.log('\nThis adapter has no half precision.');
  } else {
    const file = readTeacher(readWhole(values.teacher).buffer);
    for (const [name, choice] of Object.entries(PRECISIONS)) {
      const engine = new Engine(gpu, choice);
      console.log(`\n${name}: error of a product of normal numbers, root mean square`);
      for (const k of LENGTHS) console.log(`k = ${k}   ${await errorOf(engine, k)}`);
      console.log(`${name}: variance of the student's images, batch ${batch}`);
      for (const [arm, config] of Object.entries(ARMS)) {
        const spreads = await spreadsOf(engine, file, { batch, ...config }, updates);
        console.log(`${arm}   ${spreads.map((value) => value.toFixed(4)).join('   ')}`);
      }
      engine.destroy();
    }
  }
  gpu.destroy();
};

process.exitCode = await runCommand(main);
