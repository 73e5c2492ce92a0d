import type { GpuError } from '../gpu/errors';
import { Gpu } from '../gpu/gpu';

/** Work on a lost device may fail this many milliseconds before the loss itself is known. */
const LOSS_GRACE = 500;

/** The device of a Worker: asked for when first needed, outliving runs, asked for anew when lost. */
export class DeviceKeeper {
  readonly #entry: GPU | undefined;
  readonly #onLoss: (error: GpuError) => void;
  #gpu: Gpu | undefined;
  /** Resolves when the device that was asked for last is lost. */
  #loss: Promise<boolean> | undefined;

  /** `entry`: navigator.gpu, where there is one. */
  constructor(entry: GPU | undefined, onLoss: (error: GpuError) => void) {
    this.#entry = entry;
    this.#onLoss = onLoss;
  }

  /** The device as it is now; undefined before the first, and after a loss. */
  get current(): Gpu | undefined {
    return this.#gpu;
  }

  /** The device, asked for if need be. Throws GpuError where there is none. */
  async get(): Promise<Gpu> {
    if (this.#gpu) return this.#gpu;
    this.#loss = undefined;
    const gpu = await Gpu.request(this.#entry);
    this.#gpu = gpu;
    this.#loss = gpu.lost.then(() => true);
    void gpu.lost.then((error) => {
      if (this.#gpu !== gpu) return;
      this.#gpu = undefined;
      this.#onLoss(error);
    });
    return gpu;
  }

  /** Whether the device is gone, as far as can be known shortly after a failure. */
  async isLost(): Promise<boolean> {
    const grace = new Promise<boolean>((resolve) => {
      setTimeout(resolve, LOSS_GRACE, false);
    });
    return this.#loss !== undefined && (await Promise.race([this.#loss, grace]));
  }
}
