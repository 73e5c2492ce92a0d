import { readTeacher } from '../../src/lab/teacher';
import { describeAdapter, ADAPTER_OPTIONS, type GpuInfo } from '../../src/gpu/gpu';
import type { Run } from './compare/comparison';
import { compareIterations } from './compare/iteration';
import { compareNetworks } from './compare/network';
import { compareProducts } from './compare/products';
import type { Row } from './compare/row';
import type { Framework } from './framework';
import { iterationProblem } from './problems/iteration';
import { networkProblem } from './problems/network';
import { productProblems } from './problems/product';

/** What run.mjs asks for. */
export interface Request {
  /** Names in `MAKERS`; the first is what others are compared with. */
  readonly names: readonly string[];
  /** Any of forward, step, products, iteration. */
  readonly what: readonly string[];
  readonly batch: number;
  readonly rounds: number;
  readonly criticUpdates: number;
}

export interface PeersReport {
  readonly adapter: GpuInfo;
  readonly rows: readonly Row[];
}

/** Each loads what it needs when it is its turn, so that one that fails leaves the others. */
const MAKERS: Readonly<Record<string, () => Promise<Framework>>> = {
  engine: async () => (await import('./engine/framework')).engineFramework(),
  jax: async () => (await import('./jax/framework')).jaxFramework(),
  tensorflow: async () => (await import('./tensorflow/framework')).tensorflowFramework(),
};

const frameworkOf = (name: string): Promise<Framework> => {
  const make = MAKERS[name];
  if (!make) throw new RangeError(`Nobody is called ${name}.`);
  return make();
};

const adapterInfo = async (): Promise<GpuInfo> => {
  const adapter = await navigator.gpu.requestAdapter(ADAPTER_OPTIONS);
  if (!adapter) throw new RangeError('There is no WebGPU adapter.');
  return describeAdapter(adapter);
};

/**
 * Checks that all compute the same, and times them in turns. Throws an Error that names the one whose
 * answers differ.
 */
const comparePeers = async (
  { names, what, batch, rounds, criticUpdates }: Request,
  note: (text: string) => void,
): Promise<PeersReport> => {
  const teacher = readTeacher(await (await fetch('/avatars.safetensors')).arrayBuffer());
  const adapter = await adapterInfo();
  const frameworks: Framework[] = [];
  for (const name of names) frameworks.push(await frameworkOf(name));
  const run: Run = { frameworks, rounds, note };
  const rows: Row[] = [];
  const wanted = { forward: what.includes('forward'), step: what.includes('step') };
  if (wanted.forward || wanted.step) {
    rows.push(...(await compareNetworks(run, networkProblem(teacher, batch), wanted)));
  }
  if (what.includes('products')) {
    const products = productProblems(teacher.config, batch, adapter.software);
    rows.push(...(await compareProducts(run, products)));
  }
  if (what.includes('iteration')) {
    rows.push(...(await compareIterations(run, iterationProblem(teacher, batch, criticUpdates))));
  }
  return { adapter, rows };
};

/** What run.mjs calls. */
declare global {
  interface Window {
    comparePeers: typeof comparePeers;
  }
}

window.comparePeers = comparePeers;
