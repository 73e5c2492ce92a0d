import type { Gpu } from '../gpu/gpu';
import type { Memory, Place } from './memory';
import { ELEMENT_BYTES } from './plan/slots';
import { OFFSET_ALIGNMENT, SHAPE_WORDS, type StorageBinding } from './plan/generate';
import type { Plan, PlannedDispatch } from './plan/plan';
import { tensorSize } from './tensor';

/** GPU memory that a plan is bound to. */
export interface Resources {
  readonly gpu: Gpu;
  readonly memory: Memory;
  readonly settings: GPUBuffer;
  readonly slots: readonly GPUBuffer[];
  readonly onDestroy: () => void;
}

/** One recorded dispatch. */
interface BoundDispatch {
  readonly family: string;
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly groups: readonly GPUBindGroup[];
  readonly workgroups: readonly [number, number, number];
}

/** Where the time of each dispatch is written, for profiles. */
export interface DispatchTimer {
  passDescriptor(family: string, label: string): GPUComputePassDescriptor;
}

/** What a program costs, apart from time. */
export interface ProgramCost {
  readonly dispatches: number;
  readonly flops: number;
  /** Bytes of temporaries with and without sharing memory. */
  readonly temporaryBytes: number;
  readonly temporaryBytesWithoutReuse: number;
  /** The most of them that are needed at once. */
  readonly temporaryBytesNeeded: number;
}

/** A plan with compiled pipelines and bind groups: encoding it is a plain loop. */
export class Executable {
  readonly name: string;
  readonly cost: ProgramCost;
  readonly #dispatches: readonly BoundDispatch[];
  readonly #copies: readonly { from: Place; to: Place }[];
  readonly #shapes: GPUBuffer;
  readonly #onDestroy: () => void;

  constructor(plan: Plan, pipelines: readonly GPUComputePipeline[], resources: Resources) {
    this.name = plan.name;
    this.cost = {
      dispatches: plan.dispatches.length,
      flops: plan.dispatches.reduce((sum, dispatch) => sum + dispatch.flops, 0),
      temporaryBytes: plan.slots.slots.reduce((sum, bytes) => sum + bytes, 0),
      temporaryBytesWithoutReuse: plan.slots.bytesWithoutReuse,
      temporaryBytesNeeded: plan.slots.bytesNeeded,
    };
    this.#onDestroy = resources.onDestroy;
    this.#shapes = uploadShapes(plan, resources.gpu);
    const binder = new Binder(plan, resources);
    this.#dispatches = plan.dispatches.map((dispatch, index): BoundDispatch => {
      const pipeline = pipelines[index];
      if (!pipeline) throw new RangeError(`No pipeline for ${dispatch.label}.`);
      const shape: GPUBindingResource = {
        buffer: this.#shapes,
        offset: index * OFFSET_ALIGNMENT,
        size: OFFSET_ALIGNMENT,
      };
      return {
        family: dispatch.family,
        label: dispatch.label,
        pipeline,
        groups: binder.groups(dispatch, pipeline, shape),
        workgroups: dispatch.workgroups,
      };
    });
    this.#copies = plan.copies.map(({ from, to }) => ({
      from: binder.place({ kind: 'tensor', tensor: from }),
      to: resources.memory.place(to),
    }));
  }

  /** Records the program; with a timer, each dispatch gets a pass of its own. */
  encode(encoder: GPUCommandEncoder, timer?: DispatchTimer): void {
    let pass = timer ? null : encoder.beginComputePass({ label: this.name });
    for (const { family, label, pipeline, groups, workgroups } of this.#dispatches) {
      if (timer) pass = encoder.beginComputePass(timer.passDescriptor(family, label));
      pass?.setPipeline(pipeline);
      groups.forEach((group, index) => pass?.setBindGroup(index, group));
      pass?.dispatchWorkgroups(...workgroups);
      if (timer) pass?.end();
    }
    if (!timer) pass?.end();
    for (const { from, to } of this.#copies) {
      encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, to.size);
    }
  }

  destroy(): void {
    this.#onDestroy();
    this.#shapes.destroy();
  }
}

/** Shape words and index constants of a plan in one buffer, a block each. */
const uploadShapes = (plan: Plan, gpu: Gpu): GPUBuffer => {
  const words = OFFSET_ALIGNMENT / ELEMENT_BYTES;
  const data = new Uint32Array(Math.max(plan.dispatches.length, 1) * words);
  plan.dispatches.forEach((dispatch, index) => {
    data.set(dispatch.shape, index * words);
    data.set(dispatch.kernel.offsets, index * words + SHAPE_WORDS);
  });
  const buffer = gpu.device.createBuffer({
    label: `${plan.name} shapes`,
    size: data.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  gpu.device.queue.writeBuffer(buffer, 0, data);
  return buffer;
};

/** Turns the bindings of a plan into bind groups. */
class Binder {
  constructor(
    private readonly plan: Plan,
    private readonly resources: Resources,
  ) {}

  groups(
    dispatch: PlannedDispatch,
    pipeline: GPUComputePipeline,
    shape: GPUBindingResource,
  ): GPUBindGroup[] {
    const { own, generated } = dispatch.kernel;
    const scratch = this.plan.slots.scratchOf.get(dispatch.unit) ?? [];
    const ownResources = own.map((binding) =>
      binding.kind === 'scratch'
        ? { buffer: this.slot(scratch[binding.index]) }
        : this.place(binding),
    );
    const lists = [
      [shape, ...ownResources],
      generated.map((binding): GPUBindingResource => {
        if (binding.kind === 'offsets') return shape;
        if (binding.kind === 'settings') return { buffer: this.resources.settings };
        return this.place(binding);
      }),
    ];
    return lists
      .filter((list) => list.length > 0)
      .map((list, index) =>
        this.resources.gpu.device.createBindGroup({
          label: dispatch.label,
          layout: pipeline.getBindGroupLayout(index),
          entries: list.map((resource, binding) => ({ binding, resource })),
        }),
      );
  }

  place(binding: StorageBinding): Place {
    const { memory } = this.resources;
    if (binding.kind === 'variable') return memory.place(binding.variable);
    const { tensor } = binding;
    if (tensor.lowering.kind === 'variable') return memory.place(tensor.lowering.variable);
    const variable = this.plan.direct.get(tensor);
    if (variable) return memory.place(variable);
    const size = tensorSize(tensor) * ELEMENT_BYTES;
    return { buffer: this.slot(this.plan.slots.slotOf.get(tensor)), offset: 0, size };
  }

  private slot(index: number | undefined): GPUBuffer {
    const buffer = index === undefined ? undefined : this.resources.slots[index];
    if (!buffer) throw new RangeError('A temporary has no memory.');
    return buffer;
  }
}
