import type { AttentionReport } from './attention';
import type { PrecisionReport } from './precision';
import { mebibytes, percent, short } from './figures';
import type { BenchReport } from './report';
import type { Profile, ProfileRow } from './profile';
import { section, table } from './table';

const surroundings = ({ surroundings: s, choice, run, preparation }: BenchReport): string =>
  section(
    'Adapter and choice',
    table(
      [
        ['adapter', `${s.adapter}${s.software ? ' (software)' : ''}`],
        ['vendor, architecture', `${s.vendor}, ${s.architecture}`],
        ['processor', s.processor],
        ['versions', `Node ${s.versions.node}, webgpu (Dawn) ${s.versions.dawn}`],
        ['kernels', `matmul ${choice.matmul}, reduce ${choice.reduce}`],
        ['teacher', `${run.teacher}, ${run.parameters} parameters`],
        ['run', `one step, CA + DM, batch ${run.batch}, ${run.criticUpdates} critic updates`],
        ['preparation', `${preparation.pipelines} pipelines, ${preparation.seconds.toFixed(1)} s`],
      ].map(([name = '', value = '']) => [name.padEnd(22) + value]),
    ),
    `  features: ${s.features.join(', ')}`,
  );

const cost = ({ iteration, run, peakBytes, leastBytes }: BenchReport): string => {
  const { cost: planned, counted } = iteration;
  return section(
    'One iteration, counted',
    table([
      ['', 'dispatches', 'submissions'],
      ['student update', String(planned.studentDispatches), ''],
      ['images for the critic', String(planned.criticImageDispatches), ''],
      [`critic update (x ${run.criticUpdates})`, String(planned.criticDispatches), ''],
      ['whole iteration', String(counted.dispatches), String(counted.submissions)],
    ]),
    `  uploaded ${(counted.uploadedBytes / 1024).toFixed(1)} KiB`,
    `  temporaries ${mebibytes(planned.temporaryBytes)} with reuse, ` +
      `${mebibytes(planned.temporaryBytesWithoutReuse)} without (largest program)`,
    `  peak GPU memory ${mebibytes(peakBytes)}, all buffers; ` +
      `${(peakBytes / leastBytes).toFixed(2)} times the least that would do`,
  );
};

const speed = ({ iteration }: BenchReport): string => {
  const { cost: planned, whole, host, processor, gflops } = iteration;
  return section(
    `One iteration, timed (median of ${whole.repetitions})`,
    `  ${short(whole.median)} ms (${short(whole.fastest)} to ${short(whole.slowest)}), ` +
      `of which the host encodes and submits for ${short(host.median)} ms`,
    `  processor time ${short(processor.median)} ms, all threads of this program`,
    `  ${(planned.flops / 1e9).toFixed(2)} GFLOP, ${short(gflops)} GFLOP/s`,
  );
};

const profileTable = (title: string, rows: readonly ProfileRow[]): string =>
  table([
    [title, 'dispatches', 'ms', 'share'],
    ...rows.map(({ name, dispatches, milliseconds, share }) => [
      name,
      String(dispatches),
      short(milliseconds),
      percent(share),
    ]),
  ]);

const profile = ({ families, hottest, milliseconds, iterations }: Profile): string =>
  section(
    `Time by kernel family (timestamp queries, mean of ${iterations})`,
    '  Each dispatch has a pass of its own here, so that the sum differs from the time above.',
    profileTable('family', families),
    `  all dispatches: ${short(milliseconds)} ms`,
    '',
    profileTable('costliest kinds of dispatch', hottest),
  );

const products = ({ products: reports, peak }: BenchReport): string => {
  const [first] = reports;
  const [used, ...others] = first?.variants ?? [];
  const repetitions = used?.times.repetitions ?? 0;
  const header = ['layer, form', 'm', 'n', 'k', 'GFLOP/s', 'of peak'];
  return section(
    `Products of the linear layers, matmul ${used?.variant ?? ''} (median of ${repetitions}, in turns)`,
    table([
      [...header, ...others.map(({ variant }) => variant)],
      ...reports.map(({ layer, form, m, n, k, variants: [own, ...rivals] }) => [
        `${layer}, ${form}`,
        ...[m, n, k].map(String),
        short(own?.gflops ?? NaN),
        percent((own?.gflops ?? NaN) / peak.gflops),
        ...rivals.map(({ gflops }) => (gflops / (own?.gflops ?? NaN)).toFixed(2)),
      ]),
    ]),
    `  peak, measured: ${short(peak.gflops)} GFLOP/s of multiply-adds in registers, ` +
      `${short(peak.gigabytes)} GB/s of copying`,
    ...(others.length > 0
      ? [`  last columns: speed over that of ${used?.variant ?? ''}; gradients are in f32 always`]
      : []),
  );
};

const attention = (reports: readonly AttentionReport[]): string =>
  section(
    `Gradient of attention, one block (median of ${reports[0]?.times.repetitions ?? 0}, in turns)`,
    table([
      ['reduce', 'dispatches', 'ms', 'fastest'],
      ...reports.map(({ variant, dispatches, times }) => [
        variant,
        String(dispatches),
        short(times.median),
        short(times.fastest),
      ]),
    ]),
  );

const precisions = ({ single, half }: PrecisionReport): string =>
  section(
    `One iteration in both precisions (tiles in workgroup memory, median of ${single.repetitions}, in turns)`,
    `  single ${short(single.median)} ms (${short(single.fastest)} to ${short(single.slowest)}), ` +
      `half ${short(half.median)} ms (${short(half.fastest)} to ${short(half.slowest)}); ` +
      `half takes ${(half.median / single.median).toFixed(2)} times as long`,
  );

/** The report for people. */
export const formatReport = (report: BenchReport): string =>
  [
    surroundings(report),
    cost(report),
    speed(report),
    'unavailable' in report.profile
      ? section('Time by kernel family', `  ${report.profile.unavailable}`)
      : profile(report.profile),
    ...(report.precisions ? [precisions(report.precisions)] : []),
    products(report),
    attention(report.attention),
  ].join('\n');
