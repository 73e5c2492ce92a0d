import { elementCount, refuseShapes } from '../shape';
import { makeTensor, type Tensor } from '../tensor';

/**
 * Part number `index` (a u32 scalar, from 0) of x (parts * B, ...) to (B, ...), for a host that says
 * from run to run which. Beyond the last part elements are what the device gives for reads out of
 * bounds. No gradient passes it. Throws ShapeError where the first axis does not split, and unless
 * the index is a u32 scalar.
 */
export const partAt = (x: Tensor, parts: number, index: Tensor): Tensor => {
  const refuse = (reason: string): never => refuseShapes('partAt', [x.shape, index.shape], reason);
  const [all = 1, ...rest] = x.shape;
  if (x.shape.length === 0 || all % parts !== 0) refuse(`the first axis is no ${parts} parts`);
  if (index.shape.length > 0 || index.dtype !== 'u32') refuse('the index must be a u32 scalar');
  const shape = [all / parts, ...rest];
  const size = elementCount(shape);
  return makeTensor({
    operation: 'partAt',
    shape,
    dtype: x.dtype,
    inputs: [x, index],
    gradient: () => [null, null],
    lowering: {
      kind: 'pointwise',
      cost: 1,
      aligned: false,
      emit: (emitter, at) => {
        const begin = `${emitter.value(index, '0u')} * ${size}u`;
        return emitter.value(x, emitter.let(`${at} + ${begin}`));
      },
    },
  });
};
