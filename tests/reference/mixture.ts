import type { Mixture } from '../../src/tasks/mixture/mixture';

type Plane = readonly [number, number];

/** The components of a class, or all of them where it is their number ("any"). */
const componentsOf = ({ classes, components }: Mixture, row: number) =>
  components.filter((component) => row === classes.length || component.class === row);

/** Each component of x_tau at a point: log of weight times density, and E[x - eps] under it. */
const partsAt = (mixture: Mixture, row: number, [x, y]: Plane, tau: number) =>
  componentsOf(mixture, row).map(({ weight, mean, covariance: [xx, xy, yy] }) => {
    const noise = (1 - tau) ** 2;
    const c = [tau * tau * xx + noise, tau * tau * xy, tau * tau * yy + noise] as const;
    const determinant = c[0] * c[2] - c[1] ** 2;
    const d = [x - tau * mean[0], y - tau * mean[1]] as const;
    // C^-1 d
    const e = [
      (c[2] * d[0] - c[1] * d[1]) / determinant,
      (c[0] * d[1] - c[1] * d[0]) / determinant,
    ] as const;
    const square = d[0] * e[0] + d[1] * e[1];
    return {
      log: Math.log(weight) - Math.log(2 * Math.PI) - 0.5 * (Math.log(determinant) + square),
      velocity: [
        mean[0] + tau * (xx * e[0] + xy * e[1]) - (1 - tau) * e[0],
        mean[1] + tau * (xy * e[0] + yy * e[1]) - (1 - tau) * e[1],
      ] as const,
    };
  });

/** log of the density of x_tau under a class, up to the log of the class's share. */
export const logDensity = (mixture: Mixture, row: number, at: Plane, tau: number): number => {
  const logs = partsAt(mixture, row, at, tau).map(({ log }) => log);
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
};

/** E[x - eps | x_tau], in float64. */
export const mixtureVelocity = (mixture: Mixture, row: number, at: Plane, tau: number): Plane => {
  const parts = partsAt(mixture, row, at, tau);
  const most = Math.max(...parts.map(({ log }) => log));
  const weights = parts.map(({ log }) => Math.exp(log - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (axis: 0 | 1) =>
    parts.reduce((sum, { velocity }, k) => sum + (weights[k] ?? 0) * velocity[axis], 0) / total;
  return [mean(0), mean(1)];
};
