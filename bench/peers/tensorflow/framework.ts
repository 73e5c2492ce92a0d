import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';
import type { Framework } from '../framework';
import { tensorflowDistillation } from './distillation';
import { tensorflowNetwork } from './network';
import { tensorflowProduct } from './product';

/** TensorFlow.js on its WebGPU backend: eager, it has no jit for training. */
export const tensorflowFramework = async (): Promise<Framework> => {
  await tf.setBackend('webgpu');
  await tf.ready();
  return {
    name: 'TensorFlow.js',
    network: tensorflowNetwork,
    product: tensorflowProduct,
    distillation: tensorflowDistillation,
  };
};
