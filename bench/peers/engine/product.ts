import { gradients } from '../../../src/graph/differentiate';
import type { Engine } from '../../../src/graph/engine';
import { matmul } from '../../../src/graph/ops/matmul';
import { read, variable, type Tensor } from '../../../src/graph/tensor';
import type { Product } from '../framework';
import type { ProductProblem } from '../problems/product';
import type { HostTensor } from '../problems/tensor';

/** A product as one program of an engine of its own. */
export const engineProduct = async (engine: Engine, problem: ProductProblem): Promise<Product> => {
  const given = (name: string, { shape, data }: HostTensor): Tensor => {
    const input = variable(name, shape);
    engine.memory.write(input, data);
    return read(input);
  };
  const [a, b] = [given('a', problem.a), given('b', problem.b)];
  const y = matmul(a, b, { transposeB: problem.transposed });
  const dy = problem.dy && given('dy', problem.dy);
  const values = [y, ...(dy ? gradients([{ tensor: y, gradient: dy }], [a, b]) : [])];
  const assign = values.map((value) => ({ variable: variable('result', value.shape), value }));
  const program = await engine.prepare({ name: problem.name, assign });
  return {
    results: () => {
      const recording = engine.record().run(program);
      for (const { variable: result } of assign) recording.read(result);
      return recording.submit();
    },
    run: async (runs) => {
      const recording = engine.record();
      for (let i = 0; i < runs; i++) recording.run(program);
      void recording.submit();
      await engine.gpu.device.queue.onSubmittedWorkDone();
    },
    destroy: () => {
      engine.destroy();
    },
  };
};
