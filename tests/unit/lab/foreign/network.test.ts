import { describe, expect } from 'vitest';
import type { Question } from '../../../../src/distill/outside';
import { variable } from '../../../../src/graph/tensor';
import { OnnxSession, type LoadOnnxRuntime } from '../../../../src/interchange/onnx/session';
import { ForeignNetwork } from '../../../../src/lab/foreign/network';
import { parseForeignSpec } from '../../../../src/lab/foreign/spec';
import { avatarPrompts } from '../../../../src/tasks/avatars/attributes';
import { avatarTask } from '../../../../src/tasks/avatars/task';
import { expectClose } from '../../../support/compare';
import { evaluate, feed, sharedEngine } from '../../../support/evaluate';
import { inBrowser } from '../../../support/files';
import { foreignFile, foreignSpec, type MannerId } from '../../../support/foreignFile';
import { test } from '../../../support/gpu';
import { randomValues } from '../../../support/random';
import { TINY, tinyTeacher } from '../../../support/tinyTeacher';

const load: LoadOnnxRuntime = async () => {
  if (inBrowser)
    return (await import('../../../../src/interchange/onnx/webRuntime')).webRuntime()();
  return (await import('../../../../src/cli/onnxRuntime')).loadNodeRuntime();
};

const CHOICE = { matmul: 'blocked', reduce: 'serial' } as const;
const SHAPE = [4, TINY.channels, TINY.height, TINY.imageWidth];
const TAUS = [0.1, 0.4, 0.6, 0.95];
/** Two samples with prompts, then two with the null prompt. */
const PROMPTS = [
  [0, 1, 2, 3, 1, 0, 4, 1],
  [7, 2, 1, 0, 0, 2, 11, 0],
];

describe('a network on the device that it shares with the engine', () => {
  for (const id of ['velocity', 'reversedVelocity'] satisfies MannerId[]) {
    test(`answers in our memory: ${id}`, async ({ gpu }) => {
      const engine = sharedEngine(gpu, CHOICE);
      const session = await OnnxSession.open(
        foreignFile(id),
        load,
        inBrowser ? gpu.device : undefined,
      );
      expect(session.provider).toBe(inBrowser ? 'webgpu' : 'wasm');
      const network = new ForeignNetwork(
        engine,
        session,
        parseForeignSpec(foreignSpec(id)),
        avatarTask,
      );
      const [x, tau] = [feed(SHAPE, randomValues(4 * 768, 5)), feed([4], TAUS)];
      const asked = network.ask(x.tensor, tau.tensor);
      const question: Question = {
        x: variable('question', SHAPE),
        t: variable('times', [4]),
        answer: variable('answer', network.answerShape(4)),
        prompted: [true, false],
      };
      const [givenX = new Float32Array(), givenT = new Float32Array()] = await evaluate(
        gpu,
        [asked.x, asked.t],
        [x, tau],
        { choice: CHOICE },
      );
      engine.memory.write(question.x, givenX);
      engine.memory.write(question.t, givenT);
      await network.evaluate(question, avatarPrompts.rowsOf(PROMPTS));
      const answer = feed(network.answerShape(4), await engine.memory.read(question.answer));

      const teacher = tinyTeacher(engine);
      const { nullPrompt } = avatarPrompts;
      const rows = feed([4, 8], avatarPrompts.rowsOf([...PROMPTS, nullPrompt, nullPrompt]));
      const wanted = teacher.velocity({ x: x.tensor, t: tau.tensor, rows: rows.tensor });
      const heard = network.hear(answer.tensor, x.tensor, tau.tensor);
      const [expected = []] = await evaluate(gpu, [wanted], [x, tau, rows], { choice: CHOICE });
      const [actual = []] = await evaluate(gpu, [heard], [answer, x, tau], { choice: CHOICE });
      expectClose(id, actual, expected, { relative: 1e-4 });
      await network.destroy();
      await session.destroy();
      engine.memory.free([
        question.x,
        question.t,
        question.answer,
        teacher.parameters.flat,
        teacher.nullRows,
      ]);
    });
  }
});
