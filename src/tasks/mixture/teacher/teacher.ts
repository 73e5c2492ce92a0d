import type { InGraphTeacher } from '../../../distill/networks';
import type { Engine } from '../../../graph/engine';
import { read, variable } from '../../../graph/tensor';
import { ParameterSet } from '../../../models/parameters';
import { pointMlpBackbone, type PointMlpConfig } from '../../../models/pointMlp';
import type { Mixture } from '../mixture';
import { fitVelocity, type FitControl, type FitOptions } from './fit';
import { componentTable, tableShape } from './table';
import { mixtureVelocity } from './velocity';

/** Hidden layers of students, critics and discriminators. */
const NETWORK: Omit<PointMlpConfig, 'classes'> = { width: 64, depth: 3 };

/** A mixture as a teacher. Whoever opens it destroys it. */
export interface MixtureTeacher extends InGraphTeacher {
  /** Root mean square error of the networks' start against the exact velocity. */
  readonly fitError: number;
  destroy(): void;
}

/**
 * Puts a mixture on the GPU as a teacher whose velocity is exact, and fits the network that students
 * and critics start from. Throws GpuError when there is no memory for it.
 */
export const openMixtureTeacher = async (
  engine: Engine,
  mixture: Mixture,
  fit: FitOptions,
  control?: FitControl,
): Promise<MixtureTeacher> => {
  const classes = mixture.classes.length;
  const network = { ...NETWORK, classes };
  const backbone = pointMlpBackbone(network);
  const components = variable('mixture components', tableShape(mixture));
  const nullRows = variable('null prompt', [1, 1], 'i32');
  const parameters = new ParameterSet('networks’ start', backbone.layout);
  const destroy = (): void => {
    engine.memory.free([components, nullRows, parameters.flat]);
  };
  const teacher: InGraphTeacher = {
    backbone,
    parameters,
    nullRows,
    velocity: (input) => mixtureVelocity(read(components), classes, input),
  };
  try {
    await engine.gpu.checked('the mixture', () => {
      engine.memory.write(components, componentTable(mixture));
      engine.memory.write(nullRows, Int32Array.of(classes));
    });
    const fitError = await fitVelocity(engine, { mixture, network, teacher }, fit, control);
    return { ...teacher, fitError, destroy };
  } catch (error) {
    destroy();
    throw error;
  }
};
