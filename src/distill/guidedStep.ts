import { eulerStep, guidedVelocity } from '../flow/euler';
import { broadcastTo, concat, slice } from '../graph/ops/views';
import { read, type Tensor, type Variable } from '../graph/tensor';
import { repeatRows, type Teacher } from './networks';
import { scalars } from './settings';

/** Images of a teacher on their way from noise, and the prompts they are made for. */
export interface GuidedSampling {
  readonly teacher: Teacher;
  /** (B, ...). */
  readonly images: Variable;
  /** i32 (B, A). */
  readonly rows: Variable;
}

/** One guided Euler step of images in memory: conditional and unconditional as one batch. */
export const guidedStep = ({ teacher, images, rows }: GuidedSampling): Tensor => {
  const x = read(images);
  const [count = 1] = images.shape;
  const both = teacher.velocity({
    x: concat([x, x], 0),
    t: broadcastTo(scalars.eulerTime(), [2 * count]),
    rows: concat([read(rows), repeatRows(read(teacher.nullRows), count)], 0),
  });
  const velocity = guidedVelocity(
    slice(both, 0, 0, count),
    slice(both, 0, count, count),
    scalars.guidanceScale(),
  );
  return eulerStep(x, velocity, scalars.eulerStep());
};
