import type { OutsideVelocity, Question } from '../../distill/outside';
import { fromConvention, toConvention } from '../../flow/convention';
import type { Engine } from '../../graph/engine';
import { slice } from '../../graph/ops/views';
import { elementCount, type Shape } from '../../graph/shape';
import { variable, type Variable } from '../../graph/tensor';
import type { OnnxSession, OnnxValue } from '../../interchange/onnx/session';
import type { ImageTask } from '../../tasks/task';
import { inputOf } from './condition';
import { ForeignTeacherError } from './inspection';
import { fixedBatch, portsOf, shapeFor, type Ports } from './ports';
import { parseForeignSpec, type ForeignTeacherSpec } from './spec';

/**
 * A network made elsewhere as a teacher's velocity: ONNX Runtime evaluates it, on our device where it
 * shares one, else on the processor. One evaluation at a time. Its memory is the engine's; the session
 * is the caller's.
 */
export class ForeignNetwork implements OutsideVelocity {
  readonly spec: ForeignTeacherSpec;
  readonly #engine: Engine;
  readonly #session: OnnxSession;
  readonly #sample: Shape;
  readonly #ports: Ports;
  readonly #nullRows: Int32Array<ArrayBuffer>;
  readonly #attributes: number;
  /** Samples that the file takes at once; null: any number. */
  readonly #fixed: number | null;
  readonly #parts = new Map<string, Variable>();
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * Throws ForeignSpecError or ForeignTeacherError where description, file and task do not go together.
   */
  constructor(engine: Engine, session: OnnxSession, spec: ForeignTeacherSpec, task: ImageTask) {
    this.spec = parseForeignSpec(spec);
    this.#engine = engine;
    this.#session = session;
    this.#sample = [3, task.size, task.size];
    this.#ports = portsOf(session, this.spec, task);
    this.#nullRows = task.prompts.rowsOf([task.prompts.nullPrompt]);
    this.#attributes = task.prompts.attributes.length;
    this.#fixed = fixedBatch(this.#ports);
  }

  answerShape(batch: number): Shape {
    const [, height = 1, width = 1] = this.#sample;
    return [batch, this.#ports.channels[1], height, width];
  }

  ask: OutsideVelocity['ask'] = (x, tau) => toConvention(this.spec, x, tau);

  hear: OutsideVelocity['hear'] = (answer, x, tau) => {
    const [own, all] = this.#ports.channels;
    const prediction = own === all ? answer : slice(answer, 1, 0, own);
    return fromConvention(this.spec, prediction, x, tau);
  };

  evaluate(question: Question, rows: Int32Array<ArrayBuffer>): Promise<void> {
    const turn = this.#tail.then(() =>
      this.#session.provider === 'webgpu'
        ? this.#evaluateOnDevice(question, rows)
        : this.#evaluateOnHost(question, rows),
    );
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Frees its memory once the last evaluation is done. */
  async destroy(): Promise<void> {
    await this.#tail;
    this.#engine.memory.free(this.#parts.values());
    this.#parts.clear();
  }

  async #evaluateOnHost(question: Question, rows: Int32Array): Promise<void> {
    const { memory } = this.#engine;
    const [x, t] = await Promise.all([memory.read(question.x), memory.read(question.t)]);
    const count = t.length;
    const size = elementCount(this.#sample);
    const answerSize = elementCount(this.answerShape(1));
    const answer = new Float32Array(count * answerSize);
    const prompts = this.#promptsOf(question, rows, count);
    for (const { from, batch } of this.#chunks(count)) {
      const samples = padded(x, from, batch, size);
      const results = await this.#session.run(
        {
          [this.#ports.x.name]: {
            type: 'float32',
            data: samples,
            shape: [batch, ...this.#sample],
          },
          ...this.#hostInputs(from, batch, prompts, t),
        },
        [this.spec.output],
      );
      const result = results[this.spec.output];
      if (result?.length !== batch * answerSize) {
        throw new ForeignTeacherError(
          `The teacher's output ${this.spec.output} has ${result?.length ?? 0} values for ${batch} images, not ${batch * answerSize}.`,
        );
      }
      const kept = Math.min(batch, count - from) * answerSize;
      answer.set(result.subarray(0, kept), from * answerSize);
    }
    memory.write(question.answer, answer);
  }

  async #evaluateOnDevice(question: Question, rows: Int32Array): Promise<void> {
    const { memory } = this.#engine;
    const [count = 1] = question.t.shape;
    const { x, t } = this.#ports;
    const prompts = this.#promptsOf(question, rows, count);
    // Whole numbers are rounded on the host, and single times go one by one.
    const times = t.type === 'float32' ? null : await memory.read(question.t);
    for (const { from, batch } of this.#chunks(count)) {
      const whole = batch === count;
      const part = (name: string, of: Variable, shape: Shape): Variable =>
        whole ? of : this.#part(name, [batch, ...shape]);
      const samples = part('x', question.x, this.#sample);
      const answer = part('answer', question.answer, this.answerShape(1).slice(1));
      const levels = part('t', question.t, []);
      if (!whole) {
        this.#copy(question.x, from, samples, 0, Math.min(batch, count - from));
        this.#copy(question.t, from, levels, 0, Math.min(batch, count - from));
      }
      await this.#session.runTo(
        this.spec.output,
        { buffer: memory.place(answer).buffer, shape: answer.shape },
        {
          [x.name]: { buffer: memory.place(samples).buffer, shape: samples.shape },
          ...this.#hostInputs(from, batch, prompts, times),
          ...(times === null && {
            [t.port.name]: {
              buffer: memory.place(levels).buffer,
              shape: shapeFor(t.port, batch, 1),
            },
          }),
        },
      );
      if (!whole) this.#copy(answer, 0, question.answer, from, Math.min(batch, count - from));
    }
  }

  /** Condition and times of some samples; without times, these are in GPU memory. */
  #hostInputs(
    from: number,
    batch: number,
    prompts: readonly ArrayLike<number>[],
    times: Float32Array | null,
  ): Record<string, OnnxValue> {
    const { t, condition } = this.#ports;
    const at = (index: number): number => Math.min(from + index, prompts.length - 1);
    const each = Array.from({ length: batch }, (_, index) => at(index));
    const inputs: Record<string, OnnxValue> = {};
    if (times) {
      const whole = t.type !== 'float32';
      const values = each.map((index) => times[index] ?? 0);
      inputs[t.port.name] = inputOf(
        t.type,
        whole ? values.map((value) => Math.round(value)) : values,
        shapeFor(t.port, batch, 1),
      );
    }
    if (condition) {
      inputs[condition.port.name] = inputOf(
        condition.type,
        each.flatMap((index) => [...condition.encode(prompts[index] ?? [])]),
        shapeFor(condition.port, batch, condition.width),
      );
    }
    return inputs;
  }

  /** The prompt of each sample, as rows of the attribute table. */
  #promptsOf({ prompted }: Question, rows: Int32Array, count: number): ArrayLike<number>[] {
    const stretch = count / prompted.length;
    return prompted.flatMap((given) =>
      Array.from({ length: stretch }, (_, index) =>
        given
          ? rows.subarray(index * this.#attributes, (index + 1) * this.#attributes)
          : this.#nullRows,
      ),
    );
  }

  #chunks(count: number): { readonly from: number; readonly batch: number }[] {
    const batch = this.#fixed ?? count;
    return Array.from({ length: Math.ceil(count / batch) }, (_, index) => ({
      from: index * batch,
      batch,
    }));
  }

  #part(name: string, shape: Shape): Variable {
    const part = this.#parts.get(name) ?? variable(`part of ${name}`, shape);
    this.#parts.set(name, part);
    return part;
  }

  /** Copies samples between variables whose first axis they are. */
  #copy(from: Variable, fromIndex: number, to: Variable, toIndex: number, count: number): void {
    const { gpu, memory } = this.#engine;
    const [source, target] = [memory.place(from), memory.place(to)];
    const bytes = source.size / (from.shape[0] ?? 1);
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(
      source.buffer,
      source.offset + fromIndex * bytes,
      target.buffer,
      target.offset + toIndex * bytes,
      count * bytes,
    );
    gpu.device.queue.submit([encoder.finish()]);
  }
}

/** Samples `from` on, the last one again where there are not `batch`. */
const padded = (x: Float32Array, from: number, batch: number, size: number): Float32Array => {
  const part = x.subarray(from * size, (from + batch) * size);
  if (part.length === batch * size) return part;
  const whole = new Float32Array(batch * size);
  for (let index = 0; index < batch; index++) {
    const last = part.length / size - 1;
    const start = Math.min(index, last) * size;
    whole.set(part.subarray(start, start + size), index * size);
  }
  return whole;
};
