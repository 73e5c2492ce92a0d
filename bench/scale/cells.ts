import { mebibytes, short } from '../figures';
import type { ScaleReport, Timing } from './scale';

/** What the cells of a network at one batch are about; times are in ms. */
export const SCALE_HEAD: readonly string[] = [
  ...['network', 'batch', 'forward', 'GFLOP/s', 'update', 'GFLOP/s', 'iteration', 'GFLOP/s'],
  ...['memory', 'over least'],
];

const timing = ({ times, gflops }: Timing): string[] => [short(times.median), short(gflops)];

/** One network at one batch as cells of a table. */
export const scaleCells = (report: ScaleReport): string[] => [
  `${report.network}, ${(report.parameters / 1e6).toFixed(2)} M`,
  String(report.batch),
  ...timing(report.forward),
  ...timing(report.update),
  ...timing(report.iteration),
  mebibytes(report.peakBytes, 0),
  (report.peakBytes / report.leastBytes).toFixed(2),
];
