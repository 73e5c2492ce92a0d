import { Gpu } from '../../../src/gpu/gpu';
import { Engine } from '../../../src/graph/engine';
import { chooseKernels } from '../../../src/graph/tune';
import { inSinglePrecision } from '../../../src/graph/variants';
import type { Framework } from '../framework';
import { engineDistillation } from './distillation';
import { engineNetwork } from './network';
import { engineProduct } from './product';

const nothingKept = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };

/** This project's engine in f32 like the others, with the kernels that it chooses for the adapter. */
export const engineFramework = async (): Promise<Framework> => {
  const gpu = await Gpu.request(navigator.gpu);
  const choice = inSinglePrecision(await chooseKernels(gpu, nothingKept));
  const engine = () => new Engine(gpu, choice);
  return {
    name: 'this engine',
    network: (problem) => engineNetwork(engine(), problem),
    product: (problem) => engineProduct(engine(), problem),
    distillation: (problem) => engineDistillation(engine(), problem),
  };
};
