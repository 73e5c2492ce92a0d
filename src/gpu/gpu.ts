import { GpuError } from './errors';

/** The adapter in words, and what it can do. */
export interface GpuInfo {
  /** A line for people, e.g. `SwiftShader Device (LLVM 16)`. */
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True when a CPU emulates the GPU. */
  readonly software: boolean;
  readonly features: readonly string[];
}

export interface GpuOptions {
  /** Ask for timestamp queries where the adapter has them (for profiles). Default false. */
  readonly timestamps?: boolean;
}

/** What WGSL may enable on some devices, and the WebGPU feature that it takes. */
const EXTENSIONS = { f16: 'shader-f16', subgroups: 'subgroups' } as const;

/** Named as WGSL enables it. */
export type Extension = keyof typeof EXTENSIONS;

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp|software/i;

/** How every adapter is asked for, so that all who ask get the same one. */
export const ADAPTER_OPTIONS = { powerPreference: 'high-performance' } as const;

/** The extensions that an adapter offers, or that a device has. */
export const extensionsOf = ({ features }: Pick<GPUAdapter, 'features'>): Set<Extension> =>
  new Set((['f16', 'subgroups'] as const).filter((name) => features.has(EXTENSIONS[name])));

/** Describes an adapter. */
export const describeAdapter = (adapter: GPUAdapter): GpuInfo => {
  const { vendor, architecture, device, description } = adapter.info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ');
  return {
    name: name || 'unnamed adapter',
    vendor,
    architecture,
    description,
    software: adapter.info.isFallbackAdapter || SOFTWARE.test(`${name} ${architecture}`),
    features: [...adapter.features].sort(),
  };
};

/**
 * One GPU device and what is known about it. Everything else borrows it; whoever requested it
 * calls `destroy`.
 */
export class Gpu {
  readonly device: GPUDevice;
  readonly info: GpuInfo;
  readonly timestamps: boolean;
  /** What WGSL may enable on this device. */
  readonly extensions: ReadonlySet<Extension>;
  /** Lanes of a subgroup, where shaders may use them and all have as many; else null. */
  readonly subgroupLanes: number | null;
  /** Resolves when the device is lost without our `destroy`. */
  readonly lost: Promise<GpuError>;
  #destroyed = false;

  private constructor(device: GPUDevice, adapter: GPUAdapter) {
    this.device = device;
    this.info = describeAdapter(adapter);
    this.timestamps = device.features.has('timestamp-query');
    this.extensions = extensionsOf(device);
    const { subgroupMinSize, subgroupMaxSize } = adapter.info;
    const isFixed = this.extensions.has('subgroups') && subgroupMinSize === subgroupMaxSize;
    this.subgroupLanes = isFixed ? subgroupMinSize : null;
    this.lost = new Promise((resolve) => {
      void device.lost.then((loss) => {
        if (!this.#destroyed) resolve(deviceLost(loss.message));
      });
    });
  }

  /**
   * Asks for an adapter and a device with the default limits of the WebGPU specification, and with
   * half precision and subgroups where the adapter has them.
   * Throws GpuError `no-webgpu` or `no-adapter`.
   */
  static async request(gpu: GPU | undefined, options: GpuOptions = {}): Promise<Gpu> {
    if (!gpu) {
      throw new GpuError(
        'no-webgpu',
        'This browser has no WebGPU.',
        'Open the page in a current Chrome, Edge, Safari or Firefox, over https or on localhost.',
      );
    }
    const adapter = await gpu.requestAdapter(ADAPTER_OPTIONS);
    if (!adapter) {
      throw new GpuError(
        'no-adapter',
        'WebGPU is here, but it offers no adapter.',
        'Update the graphics driver, or switch hardware acceleration on in the browser settings.',
      );
    }
    const wanted: GPUFeatureName[] = Object.values(EXTENSIONS);
    if (options.timestamps) wanted.push('timestamp-query');
    const device = await adapter.requestDevice({
      requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
    });
    return new Gpu(device, adapter);
  }

  /**
   * Runs GPU work and throws what it got wrong: GpuError `out-of-memory` or `invalid` instead of
   * a message in the console. The work is synchronous: error scopes are one stack a device, so
   * that scopes which stayed open over an await would catch each other's errors.
   */
  async checked<Result>(what: string, work: () => Result): Promise<Result> {
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    const outcome = settle(work);
    const scopes = [this.device.popErrorScope(), this.device.popErrorScope()];
    const [invalid, memory] = await Promise.all(scopes);
    if (memory) {
      throw new GpuError(
        'out-of-memory',
        `The GPU has no memory left for ${what}.`,
        'Choose a smaller batch or fewer arms, or close other pages that use the GPU.',
      );
    }
    if (invalid) {
      throw new GpuError('invalid', `${what}: ${invalid.message}`, 'Please report this.');
    }
    return outcome();
  }

  /** Frees the device and everything made from it. */
  destroy(): void {
    this.#destroyed = true;
    this.device.destroy();
  }
}

const deviceLost = (reason: string): GpuError =>
  new GpuError(
    'device-lost',
    `The GPU was lost${reason ? ` (${reason.trim()})` : ''}.`,
    'Start again; if it keeps happening, choose a smaller batch.',
  );

/** Runs work now; the result, or what it threw, comes when asked for. */
const settle = <Result>(work: () => Result): (() => Result) => {
  try {
    const result = work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
};
