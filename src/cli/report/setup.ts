import type { RunRecord } from '../../lab/record';
import { html, type Html } from './html';
import { armName, armsById } from './tables';

/** A configuration as `path = value`, e.g. `terms.dm.enabled`. */
const flatten = (value: unknown, path = ''): [path: string, value: string][] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, part]) =>
        flatten(part, path === '' ? name : `${path}.${name}`),
      )
    : [[path, String(value)]];

const table = (head: readonly (string | Html)[], rows: readonly (readonly string[])[]): Html =>
  html`<table>
    <thead>
      <tr>
        ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, ...cells]) =>
          html`<tr>
            <th scope="row"><code>${name}</code></th>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;

/** How the arms differ, and what they share. */
export const settingsTables = (records: readonly RunRecord[]): Html => {
  const arms = armsById(records).map(([, [arm]]) => ({
    name: arm?.name ?? '',
    settings: new Map(flatten(arm?.config)),
    changes: (arm?.changes.length ?? 1) > 1,
  }));
  const paths = [...new Set(arms.flatMap(({ settings }) => [...settings.keys()]))];
  const rows = paths.map((path) => [
    path,
    ...arms.map(({ settings }) => settings.get(path) ?? '–'),
  ]);
  const same = ([, first, ...rest]: readonly string[]) => rest.every((value) => value === first);
  const different = rows.filter((row) => !same(row));
  const changed = arms.filter(({ changes }) => changes).map(({ name }) => name);
  return html`${
      different.length > 0 &&
      html`<h3>How the arms differ</h3>
        <div class="scroll" tabindex="0" role="region" aria-label="How the arms differ">
          ${table(['setting', ...arms.map(({ name }, place) => armName(name, place))], different)}
        </div>`
    }
    ${changed.length > 0 && html`<p>Changed while training: ${changed.join(', ')}.</p>`}
    <details>
      <summary>What all arms share</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="What all arms share">
        ${table(
          ['setting', 'value'],
          rows.filter(same).map(([path = '', value = '']) => [path, value]),
        )}
      </div>
    </details>`;
};

/** What was run, on what. */
export const facts = (records: readonly RunRecord[], command: string): Html => {
  const [first] = records;
  if (!first) return html``;
  const { config, evaluation, teacher } = first;
  const unique = (values: readonly string[]) => [...new Set(values)].join('; ');
  const list: [string, string | Html][] = [
    ['Command', html`<code>${command}</code>`],
    ['Adapter', unique(records.map(({ adapter }) => adapter))],
    ['Code', unique(records.map(({ codeVersion }) => codeVersion))],
    ['Teacher', html`${teacher.id}, SHA-256 <code>${teacher.sha256.slice(0, 16)}…</code>`],
    ['Begun', unique(records.map(({ created }) => created.slice(0, 16).replace('T', ' ')))],
    ['Seeds', records.map((record) => record.config.seed).join(', ')],
    ['Batch', `${config.batch} images, ${config.prompts} prompts`],
    [
      'Evaluation',
      evaluation.every === 0
        ? 'none'
        : `every ${evaluation.every} iterations, ${evaluation.samples} images of ` +
          `${evaluation.prompts} prompts, ${evaluation.weights} weights`,
    ],
  ];
  return html`<dl>
    ${list.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
};
