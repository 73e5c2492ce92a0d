import { defaultDevice, init } from '@jax-js/jax';
import type { Framework } from '../framework';
import { jaxDistillation } from './distillation';
import { jaxNetwork } from './network';
import { jaxProduct } from './product';

/** jax-js on WebGPU, everything under jit. */
export const jaxFramework = async (): Promise<Framework> => {
  await init('webgpu');
  defaultDevice('webgpu');
  return {
    name: 'jax-js',
    network: jaxNetwork,
    product: jaxProduct,
    distillation: jaxDistillation,
  };
};
