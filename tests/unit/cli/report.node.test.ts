import { describe, expect, test } from 'vitest';
import { escapeHtml, html } from '../../../src/cli/report/html';
import { linePlot } from '../../../src/cli/report/plot';
import { report } from '../../../src/cli/report/report';
import { E1 } from '../../../src/lab/experiments/e1';
import { labConfigOf } from '../../../src/lab/experiments/experiment';
import type { RunRecord } from '../../../src/lab/record';
import { armRecord, evaluationRow, figureRow, runRecord, series } from '../../support/records';

/** Elements that have no end tag. */
const VOID = new Set(['meta', 'img', 'line', 'path', 'rect', 'circle', 'input', 'br']);

/** Names of all elements in order. Fails where tags are not nested as they should be. */
const elementsOf = (page: string): string[] => {
  const body = page.replace(/<!doctype html>/i, '').replace(/<style>[^]*?<\/style>/g, '');
  const open: string[] = [];
  const all: string[] = [];
  for (const [tag, end, name = '', closed] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z-]+="[^"<]*")*\s*(\/?)>/gi,
  )) {
    if (end) {
      if (open.pop() !== name) throw new Error(`${tag} ends what is not open`);
    } else {
      all.push(name);
      if (!closed) open.push(name);
      else if (!VOID.has(name)) throw new Error(`${tag} may not be closed in itself`);
    }
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return all;
};

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const recordOf = (seed: number, iterations = 100): RunRecord => {
  const config = labConfigOf(E1, { seed, batch: 2 });
  const arms = config.arms.map(({ id, name, config: settings }) => ({
    ...armRecord({ id, name, variances: [] }),
    config: settings,
    changes: [{ iteration: 0, config: settings }],
    figures: Array.from({ length: iterations }, (_, index) =>
      figureRow(index + 1, {
        imageVariance: id === 'ca' ? 0.2 + 0.1 * index : 0.25,
        caNorm: id === 'dm' ? null : 1,
        updateCosine: id === 'ca-dm' ? -0.5 : null,
      }),
    ),
    evaluations: [0, 50, 100].map((iteration) =>
      evaluationRow(iteration, { meanAccuracy: 0.7 + 0.01 * seed }),
    ),
    tauHistograms: {
      ca: series(32, () => (id === 'dm' ? 0 : 5)),
      dm: series(32, () => 0),
      gan: series(32, () => 0),
    },
    snapshots: [{ iteration: 0, png: PNG }],
  }));
  const base = runRecord([{ id: 'x', variances: [] }]);
  return { ...base, experiment: 'e1', config, arms, references: [{ name: 'Real', png: PNG }] };
};

const command = 'npm run lab -- e1 --seeds 2';
const page = report({ experiment: E1, records: [recordOf(1), recordOf(2)], command });

describe('a report', () => {
  test('is whole markup that needs nothing from elsewhere', () => {
    const elements = elementsOf(page);
    expect(elements).not.toContain('script');
    expect(elements).not.toContain('link');
    expect(page).not.toMatch(/(?:src|href)="(?!data:image\/png;base64,)/);
    expect(page).not.toContain('url(');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  test('states the finding, and each claim with its state and figures', () => {
    expect(page).toContain(escapeHtml(E1.finding));
    for (const { says } of E1.claims) expect(page).toContain(escapeHtml(says));
    expect(page).toContain('seen in 2 of 2 seeds');
    expect(page).toContain('Variance of CA only went from 0.65 to 9.65');
  });

  test('has plots of what was measured, each with its figures in words, and of nothing else', () => {
    expect(page).toContain('aria-label="Prompt accuracy. CA + DM: from 0.715 to 0.715');
    expect(page).toContain('Cosine between CA and DM');
    expect(page).toContain('Spectrum at the end');
    expect(page).not.toContain('Norm of the GAN update');
    expect(page).not.toContain('Discriminator');
    // Two seeds: a band of one standard deviation.
    expect(page).toContain('class="band"');
  });

  test('has a table of final figures with mean and spread', () => {
    // 0.71 and 0.72: mean 0.715, sample standard deviation 0.00707.
    expect(page).toMatch(/0\.715 <small>± 0\.00707<\/small>/);
    expect(page.match(/<th scope="row">/g)?.length).toBeGreaterThan(3);
  });

  test('has samples with descriptions, histograms of tau and the set-up', () => {
    expect(page).toContain(`src="data:image/png;base64,${PNG}"`);
    expect(page.match(/<img /g)).toHaveLength(page.match(/<img [^>]*alt="[^"]+"/g)?.length ?? 0);
    expect(page).toContain('CA: 320 noise levels drawn between 0.00 and 1.00, mean 0.50');
    expect(page).toContain('terms.dm.enabled');
    expect(page).toContain(command);
    expect(page).toContain('no adapter');
  });

  test('of a single seed says so and shows no spread', () => {
    const one = report({ experiment: E1, records: [recordOf(1)], command });
    elementsOf(one);
    expect(one).toContain('report of one seed');
    expect(one).not.toContain('±');
    expect(one).not.toContain('class="band"');
  });

  test('of a lab of one’s own has no claims', () => {
    const own = report({ experiment: null, records: [recordOf(1)], command });
    elementsOf(own);
    expect(own).not.toContain('What this run shows');
    expect(own).toContain('Final figures');
  });

  test('of a run that has only begun is a page as well', () => {
    const [first] = recordOf(1, 1).arms;
    if (!first) throw new Error('no arm');
    const bare = { ...first, evaluations: [], snapshots: [], figures: first.figures.slice(0, 1) };
    const record = { ...recordOf(1), arms: [bare, { ...bare, id: 'b', figures: [] }] };
    const begun = report({ experiment: E1, records: [record], command });
    elementsOf(begun);
    expect(begun).toContain('too early');
    expect(begun).not.toMatch(/undefined|NaN|Infinity/);
  });

  test('says of a halted arm when and why', () => {
    const record = recordOf(1);
    const arms = record.arms.map((arm) =>
      arm.id === 'ca'
        ? {
            ...arm,
            status: 'halted' as const,
            halt: { iteration: 101, reason: 'Its <images> ran away.', advice: '' },
          }
        : arm,
    );
    const halted = report({ experiment: E1, records: [{ ...record, arms }], command });
    elementsOf(halted);
    expect(halted).toContain('halted at 101: Its &lt;images&gt; ran away.');
  });
});

describe('markup', () => {
  test('escapes what is put in, and only once', () => {
    const inner = html`<b>${'a < b & "c"'}</b>`;
    expect(html`<p>${[inner, null, false, 3]}</p>`.text).toBe(
      '<p><b>a &lt; b &amp; &quot;c&quot;</b>3</p>',
    );
  });
});

describe('a plot', () => {
  const plot = (values: readonly number[]) =>
    linePlot({
      title: 'T',
      about: 'A.',
      xLabel: 'iteration',
      curves: [
        {
          name: 'arm',
          place: 0,
          points: values.map((mean, iteration) => ({ iteration, mean, deviation: null, n: 1 })),
        },
      ],
    })?.text;

  test('is logarithmic where values span decades, and says so', () => {
    expect(plot([0.1, 100])).toContain('Logarithmic.');
    expect(plot([0.1, 0.2])).not.toContain('Logarithmic.');
    expect(plot([-0.1, 100])).not.toContain('Logarithmic.');
  });

  test('draws what rises upwards', () => {
    const [, y1 = NaN, y2 = NaN] =
      /d="M[\d.]+,([\d.]+)L[\d.]+,([\d.]+)"/.exec(plot([1, 2]) ?? '')?.map(Number) ?? [];
    expect(y2).toBeLessThan(y1);
  });

  test('of nothing is none, of one point a dot, of a constant a line within the axis', () => {
    expect(plot([])).toBeUndefined();
    expect(plot([5])).toContain('<circle');
    expect(plot([0.8, 0.8 + 1e-12])).toMatch(/>0\.8<\/text/);
  });
});
