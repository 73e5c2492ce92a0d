import type { Gpu } from './gpu';

/** How long one dispatch took. */
export interface DispatchTime {
  readonly family: string;
  readonly label: string;
  readonly nanoseconds: number;
}

/** This device writes no timestamps; the message says why, and what helps. */
export class TimestampsUnavailableError extends Error {
  override readonly name = 'TimestampsUnavailableError';
}

/** A query set, and the buffer that its queries are resolved to. */
interface QueryBlock {
  readonly set: GPUQuerySet;
  readonly resolved: GPUBuffer;
}

/** Queries that one set may hold (a limit of the WebGPU specification); two a dispatch. */
const MAX_QUERIES = 4096;
const QUERIES_PER_DISPATCH = 2;
const QUERY_BYTES = 8;

/**
 * Times dispatches, each in a compute pass of its own (a timer for `Recording.submit`): however
 * many there are, query sets are added as they fill up. Browsers round timestamps to 100 us.
 */
export class Timestamps {
  readonly #gpu: Gpu;
  readonly #dispatchesPerSet: number;
  readonly #blocks: QueryBlock[] = [];
  #timed: { readonly family: string; readonly label: string }[] = [];

  /** Throws TimestampsUnavailableError when the device was made without timestamp queries. */
  constructor(gpu: Gpu, dispatchesPerSet = MAX_QUERIES / QUERIES_PER_DISPATCH) {
    if (!gpu.timestamps) throw new TimestampsUnavailableError(reasonFor(gpu));
    this.#gpu = gpu;
    this.#dispatchesPerSet = dispatchesPerSet;
  }

  /** The pass to record the next dispatch in. */
  passDescriptor(family: string, label: string): GPUComputePassDescriptor {
    const index = this.#timed.push({ family, label }) - 1;
    const { set } = this.#block(Math.floor(index / this.#dispatchesPerSet));
    const query = (index % this.#dispatchesPerSet) * QUERIES_PER_DISPATCH;
    return {
      label,
      timestampWrites: {
        querySet: set,
        beginningOfPassWriteIndex: query,
        endOfPassWriteIndex: query + 1,
      },
    };
  }

  /**
   * The time of every dispatch since the last call, in order. Call it after their submission.
   * A clock that went backwards counts as zero.
   */
  async read(): Promise<DispatchTime[]> {
    const { device } = this.#gpu;
    const timed = this.#timed;
    this.#timed = [];
    if (timed.length === 0) return [];
    const staging = device.createBuffer({
      label: 'timestamps',
      size: timed.length * QUERIES_PER_DISPATCH * QUERY_BYTES,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    try {
      device.queue.submit([this.#resolve(timed.length, staging)]);
      await staging.mapAsync(GPUMapMode.READ);
      const clock = new BigUint64Array(staging.getMappedRange());
      return timed.map((dispatch, index) => {
        const [begin = 0n, end = 0n] = clock.subarray(index * QUERIES_PER_DISPATCH);
        return { ...dispatch, nanoseconds: Math.max(Number(end - begin), 0) };
      });
    } finally {
      staging.destroy();
    }
  }

  destroy(): void {
    for (const { set, resolved } of this.#blocks) {
      set.destroy();
      resolved.destroy();
    }
    this.#blocks.length = 0;
  }

  /** Commands that write the queries of the first `dispatches` dispatches to `target`. */
  #resolve(dispatches: number, target: GPUBuffer): GPUCommandBuffer {
    const encoder = this.#gpu.device.createCommandEncoder({ label: 'timestamps' });
    for (let first = 0; first < dispatches; first += this.#dispatchesPerSet) {
      const queries = Math.min(dispatches - first, this.#dispatchesPerSet) * QUERIES_PER_DISPATCH;
      const { set, resolved } = this.#block(first / this.#dispatchesPerSet);
      encoder.resolveQuerySet(set, 0, queries, resolved, 0);
      const offset = first * QUERIES_PER_DISPATCH * QUERY_BYTES;
      encoder.copyBufferToBuffer(resolved, 0, target, offset, queries * QUERY_BYTES);
    }
    return encoder.finish();
  }

  #block(index: number): QueryBlock {
    return (this.#blocks[index] ??= this.#createBlock());
  }

  #createBlock(): QueryBlock {
    const { device } = this.#gpu;
    const count = this.#dispatchesPerSet * QUERIES_PER_DISPATCH;
    return {
      set: device.createQuerySet({ label: 'timestamps', type: 'timestamp', count }),
      resolved: device.createBuffer({
        label: 'resolved timestamps',
        size: count * QUERY_BYTES,
        usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
      }),
    };
  }
}

const reasonFor = ({ info }: Gpu): string =>
  info.features.includes('timestamp-query')
    ? 'The device was requested without timestamp queries; ask for them with { timestamps: true }.'
    : `${info.name} has no timestamp queries, so time cannot be split by kernel.`;
