import type { Experiment } from '../../lab/experiments/experiment';
import { figure, mean } from '../../lab/claims/series';
import { judgeOverSeeds, type SeedVerdicts } from '../../lab/claims/overSeeds';
import type { ArmRecord, RunRecord } from '../../lab/record';
import { evaluationValues, spreadOf, type Spread } from '../../lab/summarise';
import { armColor } from './colors';
import { html, type Html } from './html';
import { FINAL } from './quantities';

/** Evaluations that are averaged, as the claims do: single ones swing. */
const EVALUATIONS = 3;

/** The mean of a quantity over an arm's last evaluations; null where it was not measured. */
const finalValue = ({ evaluations }: ArmRecord, metric: string): number | null => {
  const values = evaluations
    .slice(-EVALUATIONS)
    .map((row) => evaluationValues(row).find(([name]) => name === metric)?.[1])
    .filter((value): value is number => value !== null && value !== undefined);
  return values.length === 0 ? null : mean(values);
};

const spreadText = ({ mean: value, deviation }: Spread): Html =>
  html`${figure(value)}${deviation !== null && html` <small>± ${figure(deviation)}</small>`}`;

/** A swatch and the name of the arm at `place`. */
export const armName = (name: string, place: number): Html =>
  html`<span class="arm" style="--c: ${armColor(place)}">${name}</span>`;

const stateOf = (arms: readonly ArmRecord[]): string => {
  const halts = arms.filter(({ status }) => status === 'halted');
  const reached = Math.max(0, ...arms.map(({ figures }) => figures.at(-1)?.iteration ?? 0));
  const [halted] = halts;
  if (!halted) return String(reached);
  const at = halts.map(({ halt, figures }) => halt?.iteration ?? figures.at(-1)?.iteration ?? 0);
  return `${reached}; halted at ${at.join(', ')}${arms.length > 1 ? ` in ${halts.length} of ${arms.length} seeds` : ''}: ${halted.halt?.reason ?? ''}`;
};

/** Arms of all records by id, in the order of the first record. */
export const armsById = (records: readonly RunRecord[]): [id: string, ArmRecord[]][] => {
  const byId = new Map<string, ArmRecord[]>();
  for (const arm of records.flatMap(({ arms }) => arms)) {
    byId.set(arm.id, [...(byId.get(arm.id) ?? []), arm]);
  }
  return [...byId];
};

/** Final figures of all arms, mean and sample standard deviation over seeds. */
export const finalTable = (records: readonly RunRecord[]): Html => {
  const rows = armsById(records).map(([, arms]) => ({
    name: arms[0]?.name ?? '',
    iterations: stateOf(arms),
    cells: FINAL.map(({ metric }) => {
      const values = arms
        .map((arm) => finalValue(arm, metric))
        .filter((value): value is number => value !== null);
      return values.length === 0 ? null : spreadOf(values);
    }),
  }));
  const shown = FINAL.map(({ title }, column) => ({ title, column })).filter(({ column }) =>
    rows.some(({ cells }) => cells[column]),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Final figures">
    <table>
      <thead>
        <tr>
          <th scope="col">arm</th>
          ${shown.map(({ title }) => html`<th scope="col">${title}</th>`)}
          <th scope="col">iterations</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, cells, iterations }, place) =>
            html`<tr>
              <th scope="row">${armName(name, place)}</th>
              ${shown.map(({ column }) => {
                const cell = cells[column];
                return html`<td>${cell ? spreadText(cell) : '–'}</td>`;
              })}
              <td class="state">${iterations}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const SIGNS: Readonly<Record<SeedVerdicts['state'], string>> = {
  seen: '✓',
  'not seen': '✗',
  mixed: '≈',
  'too early': '…',
};

const claimItem = ({ claim, verdicts, state, summary }: SeedVerdicts): Html =>
  html`<li class="claim" data-state="${state}">
    <p class="state"><span aria-hidden="true">${SIGNS[state]}</span> ${summary}</p>
    <div>
      <p>${claim.says}</p>
      ${verdicts.map(
        ({ seed, verdict }) =>
          html`<p class="evidence">
            ${verdicts.length > 1 && html`<b>Seed ${seed}, ${verdict.state}:</b> `}${verdict.figures}
          </p>`,
      )}
    </div>
  </li>`;

/** The experiment's claims with their state and the figures that they rest on. */
export const claimList = ({ claims }: Experiment, records: readonly RunRecord[]): Html =>
  html`<ul class="claims">
    ${claims.map((claim) => claimItem(judgeOverSeeds(claim, records)))}
  </ul>`;
