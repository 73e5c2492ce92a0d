import type { Shape } from '../../../graph/shape';
import type { Mixture, MixtureComponent } from '../mixture';

/** Numbers a component in the table of `shaders/mixture/velocity.wgsl`. */
export const COMPONENT_FIELDS = 8;

/** Shape of a mixture's table. */
export const tableShape = ({ components }: Mixture): Shape => [components.length, COMPONENT_FIELDS];

/** Direction of a covariance's first axis (unit length), and the variances along both. */
export const axesOf = ({
  covariance: [xx, xy, yy],
}: Pick<MixtureComponent, 'covariance'>): {
  axis: [number, number];
  variances: [number, number];
} => {
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const greater = 0.5 * (xx + yy + Math.hypot(xx - yy, 2 * xy));
  // By the determinant, since the difference of trace and root would cancel for a thin one.
  const lesser = (xx * yy - xy * xy) / greater;
  return { axis: [Math.cos(angle), Math.sin(angle)], variances: [greater, lesser] };
};

/**
 * The components as the kernel reads them, (K, 8) row by row: log weight, class, mean, first axis
 * (cosine, sine), variances along first and second axis.
 */
export const componentTable = ({ components }: Mixture): Float32Array<ArrayBuffer> =>
  Float32Array.from(
    components.flatMap((component) => {
      const { axis, variances } = axesOf(component);
      return [
        Math.log(component.weight),
        component.class,
        ...component.mean,
        ...axis,
        ...variances,
      ];
    }),
  );
