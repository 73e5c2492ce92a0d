import { mebibytes, short } from '../figures';
import { section, table } from '../table';
import type { GrowthReport } from './measure';
import { powerOf, type Axis } from './sizes';

/** What stays as it is where something else grows. */
const rest = (axis: Axis, { rows: [row] }: GrowthReport): string => {
  if (!row) return '';
  const { arms, batch, width, tokens } = row.size;
  const others: Record<Axis, string> = {
    arms: `${arms} arm`,
    batch: `batch ${batch}`,
    width: `width ${width}`,
    tokens: `${tokens} tokens`,
  };
  return Object.entries(others)
    .flatMap(([other, words]) => (other === axis ? [] : [words]))
    .join(', ');
};

/** How one axis grows, for people. */
export const formatGrowth = (report: GrowthReport): string => {
  const { axis, rows } = report;
  const values = rows.map(({ size }) => size[axis]);
  const power = (costs: readonly number[]): string =>
    `${axis}^${powerOf(values, costs).toFixed(2)}`;
  const first = rows[0]?.times.median ?? NaN;
  return section(
    `By ${axis}: ${rest(axis, report)} (median of ${rows[0]?.times.repetitions ?? 0}, in turns)`,
    table([
      [axis, 'ms', 'fastest', 'slowest', 'times', 'dispatches', 'GPU buffers', 'GFLOP', 'GFLOP/s'],
      ...rows.map(({ size, times, dispatches, gpuBytes, flops, gflops }) => [
        String(size[axis]),
        ...[times.median, times.fastest, times.slowest].map(short),
        (times.median / first).toFixed(2),
        String(dispatches),
        mebibytes(gpuBytes),
        (flops / 1e9).toFixed(2),
        short(gflops),
      ]),
    ]),
    `  ms as ${power(rows.map(({ times }) => times.median))}, ` +
      `GPU buffers as ${power(rows.map(({ gpuBytes }) => gpuBytes))}, ` +
      `GFLOP as ${power(rows.map(({ flops }) => flops))}`,
  );
};
