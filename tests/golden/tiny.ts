import type { Gpu } from '../../src/gpu/gpu';
import { cleanPrediction } from '../../src/flow/cleanPrediction';
import { reshape } from '../../src/graph/ops/views';
import type { Tensor } from '../../src/graph/tensor';
import { ditVelocity } from '../../src/models/dit/dit';
import type { ParameterSet } from '../../src/models/parameters';
import {
  goldenInput,
  goldenNullRows,
  goldenParameters,
  goldenRows,
  goldenTensor,
  openGolden,
  type Golden,
} from './network';

/** tiny.safetensors with its three networks and its prompts on the GPU. */
export interface Tiny {
  readonly golden: Golden;
  readonly student: ParameterSet;
  readonly teacher: ParameterSet;
  readonly critic: ParameterSet;
  readonly rows: Tensor;
  readonly nullRows: Tensor;
  /** A tensor of the file as a graph leaf. */
  readonly input: (name: string) => Tensor;
}

/** Opens tiny.safetensors. */
export const openTiny = async (gpu: Gpu): Promise<Tiny> => {
  const golden = await openGolden(gpu, 'tiny.safetensors', 'forward.x');
  const ids = goldenTensor(golden.file, 'forward.attributes');
  return {
    golden,
    student: goldenParameters(golden, 'student.'),
    teacher: goldenParameters(golden, 'teacher.'),
    critic: goldenParameters(golden, 'critic.'),
    rows: goldenRows(golden, ids),
    nullRows: goldenNullRows(golden, ids.shape[0] ?? 1),
    input: (name) => goldenInput(golden, name),
  };
};

/** x_gen of the file's generator update, as a function of the student's parameters. */
export const generatedImages = ({ golden, student, rows, input }: Tiny): Tensor => {
  const [z, t] = [input('gen.z'), input('gen.t')];
  return cleanPrediction(z, t, ditVelocity(golden.config, student, { x: z, t, rows }));
};

/** A scalar in the shape of the file's scalars. */
export const one = (tensor: Tensor): Tensor => reshape(tensor, [1]);
