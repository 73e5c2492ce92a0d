import { Gpu } from '../../../src/gpu/gpu';
import { Engine } from '../../../src/graph/engine';
import { chooseKernels } from '../../../src/graph/tune';
import type { Framework } from '../framework';
import { engineDistillation } from './distillation';
import { engineNetwork } from './network';
import { engineProduct } from './product';

const nothingKept = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };

/** This project's engine, with the kernels that it chooses for the adapter. */
export const engineFramework = async (): Promise<Framework> => {
  const gpu = await Gpu.request(navigator.gpu);
  const choice = await chooseKernels(gpu, nothingKept);
  const engine = () => new Engine(gpu, choice);
  return {
    name: 'this engine',
    network: (problem) => engineNetwork(engine(), problem),
    product: (problem) => engineProduct(engine(), problem),
    distillation: (problem) => engineDistillation(engine(), problem),
  };
};
