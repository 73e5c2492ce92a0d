import type { Experiment } from '../../lab/experiments/experiment';
import { TAU_BINS, type RunRecord } from '../../lab/record';
import { armDash } from './colors';
import { curvesOf, pointWidth, spectraOf, summariseForPlots } from './curves';
import { tauHistogram } from './histogram';
import { html, Html } from './html';
import { linePlot } from './plot';
import { MEASURED, TRAINED, type Quantity } from './quantities';
import { samples } from './samples';
import { facts, settingsTables } from './setup';
import { armName, armsById, claimList, finalTable } from './tables';
import { STYLE } from './theme';

export interface ReportInput {
  /** Null for a lab of the user's own. */
  readonly experiment: Experiment | null;
  /** One a seed, at least one. */
  readonly records: readonly RunRecord[];
  /** The command that gave them. */
  readonly command: string;
}

const TERMS = [
  ['ca', 'CA'],
  ['dm', 'DM'],
  ['gan', 'GAN'],
] as const;

const legend = (records: readonly RunRecord[]): Html =>
  html`<ul class="legend" aria-label="Arms">
    ${armsById(records).map(
      ([, [arm]], place) =>
        html`<li style="--c: var(--arm-${place + 1})">
          <svg viewBox="0 0 28 8" aria-hidden="true">
            <path class="curve" stroke-dasharray="${armDash(place)}" d="M0 4H28" />
          </svg>
          ${arm?.name ?? ''}
        </li>`,
    )}
  </ul>`;

const histograms = (records: readonly RunRecord[]): Html | null => {
  const arms = armsById(records).map(([, ofSeeds], place) => {
    const drawn = TERMS.map(([term, title]) => {
      const counts = Array.from({ length: TAU_BINS }, (_, bin) =>
        ofSeeds.reduce((all, { tauHistograms }) => all + (tauHistograms[term][bin] ?? 0), 0),
      );
      return tauHistogram(title, `tau-${term}`, counts);
    }).filter((histogram) => histogram !== null);
    return { name: ofSeeds[0]?.name ?? '', place, drawn };
  });
  if (arms.every(({ drawn }) => drawn.length === 0)) return null;
  return html`<section>
    <h2>Noise levels drawn</h2>
    <div class="taus">
      ${arms.map(
        ({ name, place, drawn }) =>
          html`<section>
            <h4>${armName(name, place)}</h4>
            ${drawn}
          </section>`,
      )}
    </div>
  </section>`;
};

const plots = (records: readonly RunRecord[]): Html => {
  const arms = summariseForPlots(records);
  const width = pointWidth(records);
  const over = ({ metric, ...quantity }: Quantity): Html | null =>
    linePlot({ ...quantity, xLabel: 'iteration', curves: curvesOf(arms, metric) });
  const spectra = linePlot({
    title: 'Spectrum at the end',
    about: 'Energy by spatial frequency, in periods an image; the mean is left out.',
    xLabel: 'periods an image',
    curves: spectraOf(arms),
  });
  const measured = [...MEASURED.map(over), spectra].filter((plot) => plot !== null);
  const trained = TRAINED.map(over).filter((plot) => plot !== null);
  return html`${
    measured.length > 0 &&
    html`<section>
      <h2>Measured on evaluation images</h2>
      ${legend(records)}
      <div class="plots">${measured}</div>
    </section>`
  }
  ${
    trained.length > 0 &&
    html`<section>
      <h2>While training</h2>
      ${width > 1 && html`<p class="aside">A point is the mean of ${width} iterations.</p>`}
      ${legend(records)}
      <div class="plots">${trained}</div>
    </section>`
  }`;
};

const introduction = ({ paper, question, finding, look, note }: Experiment): Html =>
  html`<p class="question">${question}</p>
    <div class="columns">
      <section>
        <h2>What the paper found</h2>
        <p>${finding}</p>
      </section>
      <section>
        <h2>What to look at</h2>
        <p>${look}</p>
      </section>
    </div>
    ${note !== undefined && html`<p class="aside">${note}</p>`}
    <p class="aside">
      Paper: “Decoupled DMD: CFG Augmentation as the Spear, Distribution Matching as the Shield”
      (arXiv 2511.22677), ${paper}.
    </p>`;

/** A report of all seeds of a run as one HTML page that needs nothing else: no script, no file. */
export const report = ({ experiment, records, command }: ReportInput): string => {
  const title = experiment ? `${experiment.id.toUpperCase()}: ${experiment.title}` : 'Lab run';
  const seeds = records.length;
  const pictures = samples(records);
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} – Spear &amp; Shield</title>
      <style>
        ${new Html(STYLE)}
      </style>
    </head>
    <body>
      <header>
        <p class="eyebrow">
          Spear &amp; Shield, report of ${seeds === 1 ? 'one seed' : `${seeds} seeds`}
        </p>
        <h1>${title}</h1>
        ${experiment && introduction(experiment)}
      </header>
      <main>
        ${
          experiment &&
          html`<section>
            <h2>What this run shows</h2>
            ${claimList(experiment, records)}
          </section>`
        }
        <section>
          <h2>Final figures</h2>
          <p class="aside">
            Mean of the last three
            evaluations${seeds > 1 && `, ± sample standard deviation over ${seeds} seeds`}.
          </p>
          ${finalTable(records)}
        </section>
        ${
          pictures &&
          html`<section>
            <h2>Samples</h2>
            <p class="aside">The same noise and prompts in every sheet.</p>
            ${pictures}
          </section>`
        }
        ${plots(records)} ${histograms(records)}
        <section>
          <h2>Set-up</h2>
          ${facts(records, command)} ${settingsTables(records)}
        </section>
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.text}\n`;
};
