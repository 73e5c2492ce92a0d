import { parseConfig } from '../../src/distill/config';
import type { TrainingData } from '../../src/distill/data';
import { Trainer } from '../../src/distill/trainer';
import { GpuError } from '../../src/gpu/errors';
import { Gpu } from '../../src/gpu/gpu';
import { Engine } from '../../src/graph/engine';
import type { KernelChoice } from '../../src/graph/kernel';
import { chooseKernels } from '../../src/graph/tune';
import { inSinglePrecision, isRunnable } from '../../src/graph/variants';
import { fetchBytes } from '../../src/interchange/fetchBytes';
import { readTeacher, uploadTeacher } from '../../src/lab/teacher';
import { openTask } from '../../src/tasks/task';
import { trainingData } from '../../src/tasks/trainingData';
import { indexedDbTuningStore } from '../../src/worker/tuningStore';
import { measurePeak } from '../peak/peak';
import { blockLayers, measureProducts, squares } from '../products';
import { profileOrReason } from '../profile';
import { fourfold, type BenchNetwork } from '../scale/network';
import { measureScale } from '../scale/scale';
import type { BenchOptions } from './options';
import type { PageReport } from './report';

/** The site's files, beside which this page stands. */
const SITE = '../';
const TEACHER = 'teachers/avatars.safetensors';

interface Listener {
  /** What is being done now; throws when it is to end. */
  readonly note: (text: string) => void;
  /** What was found. */
  readonly tell: (part: Partial<PageReport>) => void;
}

/** The network that is trained, the larger one where it is asked for, and their prompts. */
const openNetworks = async (
  site: URL,
  asked: BenchOptions['networks'],
): Promise<{ networks: BenchNetwork[]; data: TrainingData }> => {
  const fetchFile = (path: string) => fetchBytes(new URL(path, site).href);
  const { task, config, flat } = readTeacher(await fetchFile(TEACHER));
  const own: BenchNetwork = { name: 'avatars', config, flat };
  const data = trainingData(await openTask(task, fetchFile));
  return { networks: asked === 'both' ? [own, fourfold(config)] : [own], data };
};

const profileOf = async (
  gpu: Gpu,
  choice: KernelChoice,
  { config, flat }: BenchNetwork,
  data: TrainingData,
  batch: number,
): Promise<NonNullable<PageReport['profile']>> => {
  const engine = new Engine(gpu, choice);
  try {
    const teacher = uploadTeacher(engine, { config, flat });
    const trainer = await Trainer.create(engine, teacher, data, parseConfig({ batch }));
    await trainer.iterate();
    return { batch, ...(await profileOrReason(gpu, trainer, 1)) };
  } finally {
    engine.destroy();
  }
};

const measureOn = async (
  gpu: Gpu,
  options: BenchOptions,
  base: URL,
  { note, tell }: Listener,
): Promise<void> => {
  const { batches, repetitions } = options;
  note('Fetching the teacher');
  const { networks, data } = await openNetworks(new URL(SITE, base), options.networks);
  const [own] = networks;
  const [batch] = batches;
  if (own === undefined || batch === undefined) throw new RangeError('Nothing is to be measured.');
  note('Choosing kernels');
  const choice = await chooseKernels(gpu, indexedDbTuningStore());
  tell({ choice, features: gpu.info.features });
  note('Measuring the adapter itself');
  tell({ peak: await measurePeak(gpu) });
  note('Timing products');
  const layers = [...blockLayers(own.config, batch), ...squares(options.squares)];
  const precisions = [inSinglePrecision(choice), { ...choice, matmul: 'halfTiled' } as const];
  const runnable = precisions.filter((one) => isRunnable(one, gpu));
  tell({ products: await measureProducts(gpu, layers, runnable, repetitions) });

  const scales: PageReport['scales'][number][] = [];
  for (const network of networks) {
    for (const size of batches) {
      note(`Timing iterations: ${network.name}, batch ${size}`);
      try {
        scales.push(await measureScale(gpu, choice, network, data, size, repetitions));
      } catch (error) {
        if (!(error instanceof GpuError && error.code === 'out-of-memory')) throw error;
        scales.push({ network: network.name, batch: size, reason: error.message });
      }
      tell({ scales: [...scales] });
    }
  }
  note('Timing each dispatch');
  tell({ profile: await profileOf(gpu, choice, own, data, batch) });
};

/**
 * Measures this browser's adapter; `listener.tell` is given results as they come. Rejects with what
 * `listener.note` threw, or with a GpuError where there is no adapter or it is lost.
 */
export const measureAll = async (
  options: BenchOptions,
  base: URL,
  listener: Listener,
): Promise<void> => {
  const gpu = await Gpu.request(navigator.gpu, { timestamps: true });
  const lost = gpu.lost.then((error) => {
    throw error;
  });
  try {
    await Promise.race([measureOn(gpu, options, base, listener), lost]);
  } finally {
    gpu.destroy();
  }
};
