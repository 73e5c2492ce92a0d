import type { ArmRecord, RunRecord } from '../../lab/record';
import { html, type Html } from './html';
import { armName } from './tables';

const picture = (png: string, alt: string): Html =>
  html`<img src="data:image/png;base64,${png}" alt="${alt}" />`;

const row = (label: string, png: string, alt: string): Html =>
  html`<li><span>${label}</span>${picture(png, alt)}</li>`;

const armColumn = ({ name, snapshots }: ArmRecord, place: number): Html =>
  html`<section>
    <h4>${armName(name, place)}</h4>
    <ol class="sheets">
      ${snapshots.map(({ iteration, png }) =>
        row(
          iteration === 0 ? 'before training' : `iteration ${iteration}`,
          png,
          `Samples of ${name} after ${iteration} iterations`,
        ),
      )}
    </ol>
  </section>`;

const seedSamples = ({ references, arms }: RunRecord): Html =>
  html`<div class="samples">
    ${
      references.length > 0 &&
      html`<section>
        <h4>Compared with</h4>
        <ol class="sheets">
          ${references.map(({ name, png }) => row(name, png, `Reference: ${name}`))}
        </ol>
      </section>`
    }
    ${arms.map((arm, place) => arm.snapshots.length > 0 && armColumn(arm, place))}
  </div>`;

/** Samples over iterations beside the references: the first seed in view, the others folded. */
export const samples = (records: readonly RunRecord[]): Html | null => {
  const [first, ...rest] = records.filter(({ arms }) =>
    arms.some(({ snapshots }) => snapshots.length > 0),
  );
  if (!first) return null;
  return html`${rest.length > 0 && html`<p>Seed ${first.config.seed}.</p>`} ${seedSamples(first)}
  ${rest.map(
    (record) =>
      html`<details>
        <summary>Seed ${record.config.seed}</summary>
        ${seedSamples(record)}
      </details>`,
  )}`;
};
