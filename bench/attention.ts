import type { Gpu } from '../src/gpu/gpu';
import { gradients } from '../src/graph/differentiate';
import { Engine } from '../src/graph/engine';
import type { KernelChoice } from '../src/graph/kernel';
import { attention } from '../src/graph/ops/attention';
import { read, variable } from '../src/graph/tensor';
import { tokenCount, type DitConfig } from '../src/models/dit/config';
import { timeInTurns, type Contestant } from './runs';
import { summarise, type Times } from './statistics';

/** How long attention's gradient takes under one choice. */
export interface AttentionReport {
  readonly variant: KernelChoice['reduce'];
  readonly dispatches: number;
  readonly times: Times;
}

/** Gradients in one program, so that its settings and passes weigh little. */
const COPIES = 4;

const prepare = async (
  engine: Engine,
  { width, heads, ...image }: DitConfig,
  batch: number,
): Promise<Contestant> => {
  const tokens = tokenCount(image);
  const qkv = read(variable('qkv', [batch, tokens, 3 * width]));
  const dy = read(variable('dy', [batch, tokens, width]));
  const all = Array.from({ length: COPIES }, () =>
    gradients([{ tensor: attention(qkv, heads), gradient: dy }], [qkv]),
  ).flat();
  const program = await engine.prepare({
    name: 'attention gradient',
    assign: all.map((value) => ({ variable: variable('gradient', value.shape), value })),
  });
  return { engine, program, times: [] };
};

/** Times attention's gradient at the teacher's sizes under each choice, in turns; the first is in use. */
export const measureAttention = async (
  gpu: Gpu,
  network: DitConfig,
  batch: number,
  choices: readonly KernelChoice[],
  repetitions: number,
): Promise<AttentionReport[]> => {
  const engines = choices.map((choice) => new Engine(gpu, choice));
  try {
    const contestants = await Promise.all(engines.map((engine) => prepare(engine, network, batch)));
    await timeInTurns(contestants, repetitions);
    return contestants.map(({ engine, program, times }) => ({
      variant: engine.choice.reduce,
      dispatches: program.cost.dispatches / COPIES,
      times: summarise(times.map((time) => time / COPIES)),
    }));
  } finally {
    for (const engine of engines) engine.destroy();
  }
};
