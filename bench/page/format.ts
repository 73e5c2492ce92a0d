import { percent, short } from '../figures';
import { SCALE_HEAD, scaleCells } from '../scale/cells';
import { isUnfit, type PageReport } from './report';

/** A table: its heading, what it says, and its rows; the first column is text, the others are figures. */
export interface Table {
  readonly title: string;
  readonly about: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const products = ({ products: all, peak }: PageReport): Table => ({
  title: 'Products',
  about:
    'Linear layers of a block at the first batch, then squares: y = x W’, and the two products of its gradient, which training computes in one dispatch. f32; where the adapter has half precision, y in it as well, the gradient in f32 always.',
  head: [
    ...['layer, form', 'm', 'n', 'k', 'GFLOP/s', 'of peak'],
    ...(all.some(({ variants }) => variants.length > 1) ? ['half, GFLOP/s'] : []),
  ],
  rows: all.map(({ layer, form, m, n, k, variants: [own, half] }) => [
    `${layer}, ${form}`,
    ...[m, n, k].map(String),
    short(own?.gflops ?? NaN),
    peak === null ? '–' : percent((own?.gflops ?? NaN) / peak.gflops),
    ...(half ? [form === 'forward' ? short(half.gflops) : '–'] : []),
  ]),
});

const scales = ({ scales: all }: PageReport): Table => ({
  title: 'Networks',
  about:
    'Medians in ms, with GFLOP/s. Update: forward, backward and Adam. Iteration: a one-step student by CA + DM and three updates of its critic. Memory: the most at once, and that over the least there could be.',
  head: [...SCALE_HEAD, 'compiled in'],
  rows: all.map((row) => {
    if (isUnfit(row)) return [row.network, String(row.batch), row.reason];
    return [...scaleCells(row), `${row.preparation.toFixed(1)} s`];
  }),
});

const families = ({ profile }: PageReport): Table => {
  const title = 'Where the time goes';
  const head = ['kernels', 'dispatches', 'ms', 'share'];
  if (profile === null || 'unavailable' in profile) {
    return { title, about: profile?.unavailable ?? '', head, rows: [] };
  }
  return {
    title,
    about: `An iteration at batch ${profile.batch}, each dispatch in a pass of its own, by timestamp queries, which browsers round to 0.1 ms.`,
    head,
    rows: profile.families.map(({ name, dispatches, milliseconds, share }) => [
      name,
      String(dispatches),
      short(milliseconds),
      percent(share),
    ]),
  };
};

/** The tables of what is known so far. */
export const tablesOf = (report: PageReport): Table[] => [
  ...(report.products.length > 0 ? [products(report)] : []),
  ...(report.scales.length > 0 ? [scales(report)] : []),
  ...(report.profile === null ? [] : [families(report)]),
];

const markdownTable = ({ title, about, head, rows }: Table): string =>
  [
    `## ${title}`,
    '',
    about,
    '',
    ...(rows.length === 0
      ? []
      : [
          `| ${head.join(' | ')} |`,
          `| --- |${' ---: |'.repeat(head.length - 1)}`,
          ...rows.map((row) => `| ${row.join(' | ')} |`),
          '',
        ]),
  ].join('\n');

/** The report for a document. */
export const markdownOf = (report: PageReport): string =>
  [
    `${report.adapter}${report.software ? ' (a processor)' : ''}; ${report.browser}.`,
    ...(report.choice ? [`Kernels: ${Object.values(report.choice).join(', ')}.`] : []),
    ...(report.peak
      ? [
          `Peak, measured: ${short(report.peak.gflops)} GFLOP/s of multiply-adds in registers, ` +
            `${short(report.peak.gigabytes)} GB/s of copying.`,
        ]
      : []),
    '',
    ...tablesOf(report).map(markdownTable),
  ].join('\n');
