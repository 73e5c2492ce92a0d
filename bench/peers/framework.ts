import type { IterationProblem } from './problems/iteration';
import type { NetworkProblem } from './problems/network';
import type { ProductProblem } from './problems/product';
import type { HostTensor } from './problems/tensor';
import type { Weights } from './problems/weights';

/** A network in training. */
export interface Network {
  /** Its velocity at the batch, read back. */
  readonly forward: () => Promise<ArrayLike<number>>;
  /** Loss, gradient and one step of Adam; resolves to the loss before it. */
  readonly step: () => Promise<number>;
  readonly destroy: () => void;
}

/** A product whose operands are on the device. */
export interface Product {
  /** y; with gradients also dL/da and dL/db. Read back. */
  readonly results: () => Promise<readonly ArrayLike<number>[]>;
  /** Computes it `runs` times; resolves when the device has done all. */
  readonly run: (runs: number) => Promise<void>;
  readonly destroy: () => void;
}

/** What an iteration tells of itself: root mean squares of both updates, critic's mean loss, mean of x_gen. */
export interface Figures {
  readonly caNorm: number;
  readonly dmNorm: number;
  readonly criticLoss: number;
  readonly imageMean: number;
}

/** What an iteration leaves behind. */
export interface Outcome {
  /** Of the student's last update; Adam's first moment, since beta1 is 0. */
  readonly studentGradient: Weights;
  readonly student: Weights;
  readonly studentAverage: Weights;
  readonly critic: Weights;
}

/** A student in distillation. */
export interface Distillation {
  /** One iteration; resolves to its figures when they are on the host and the device has done all. */
  readonly iterate: () => Promise<Figures>;
  readonly outcome: () => Promise<Outcome>;
  readonly destroy: () => void;
}

/** One of those who are compared. What it makes begins with the problem's weights. */
export interface Framework {
  readonly name: string;
  readonly network: (problem: NetworkProblem) => Promise<Network>;
  readonly product: (problem: ProductProblem) => Promise<Product>;
  readonly distillation: (problem: IterationProblem) => Promise<Distillation>;
}

/** Weights read back one after another, by name. */
export const readWeights = async <Held>(
  held: Iterable<readonly [string, Held]>,
  read: (tensor: Held) => Promise<HostTensor>,
): Promise<Weights> => {
  const weights = new Map<string, HostTensor>();
  for (const [name, tensor] of held) weights.set(name, await read(tensor));
  return weights;
};
