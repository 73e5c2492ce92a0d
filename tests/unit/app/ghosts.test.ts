import { beforeEach, expect, test } from 'vitest';
import { ghostsOf, ghostsOfRecord } from '../../../src/app/ghosts/ghostsOf';
import { forgetGhosts, keepGhosts, loadGhosts, readKeptGhosts } from '../../../src/app/ghosts/kept';
import { openRecord } from '../../../src/app/ghosts/recordFile';
import { addGhosts, useGhosts, type GhostRun } from '../../../src/app/ghosts/store';
import { RunCurves } from '../../../src/app/lab/curves';
import { useNotices } from '../../../src/app/state/notices';
import { inBrowser } from '../../support/files';
import { evaluationRow, figureRow, runRecord } from '../../support/records';

const RECORD = runRecord([
  { id: 'a', name: 'Mine', variances: [0.25, 0.5, 0.75], evaluations: [evaluationRow(2)] },
  { id: 'b', name: 'CA + DM', variances: [0.125] },
]);

const columnOf = ({ ghosts }: GhostRun, arm: number, figure: string) =>
  ghosts[arm]?.columns.find(([key]) => key.endsWith(`:${figure}`))?.[1];

const fileOf = (content: unknown): File =>
  new File([typeof content === 'string' ? content : JSON.stringify(content)], 'my run.json');

/** What is said of the file that was opened last. */
const lastNotice = () => useNotices.getState().notices.find(({ id }) => id === 'record')?.text;

const shownIds = () => useGhosts.getState().runs.map(({ id }) => id);

beforeEach(() => {
  useGhosts.setState({ runs: [] });
  useNotices.setState({ notices: [] });
});

test('a record becomes ghosts with curves of training and of what was measured', () => {
  const run = ghostsOfRecord(RECORD, 'a run');
  expect(run.ghosts.map(({ words }) => words)).toEqual(['Mine (CA + DM)', 'CA + DM']);
  expect(columnOf(run, 0, 'imageVariance')).toEqual({
    x: Float64Array.of(1, 2, 3),
    y: Float64Array.of(0.25, 0.5, 0.75),
  });
  expect(columnOf(run, 0, 'meanAccuracy')).toEqual({
    x: Float64Array.of(2),
    y: Float64Array.of(0.8),
  });
  expect(columnOf(run, 1, 'meanAccuracy')?.x).toHaveLength(0);
});

test('a ghost stays as it was while its run goes on, or back', () => {
  const curves = new RunCurves();
  const variance = (iteration: number, imageVariance: number) =>
    figureRow(iteration, { imageVariance });
  curves.push('a', [variance(1, 0.25), variance(2, 0.5)], []);
  const past = { arms: [{ id: 'a', name: 'A', color: 3 }], changes: [] };
  const now = { name: 'now', task: 'avatars' };
  const run = ghostsOf(curves, past, now);
  curves.push('a', [variance(2, 9), variance(3, 9)], []);
  expect(columnOf(run, 0, 'imageVariance')?.y).toEqual(Float64Array.of(0.25, 0.5));
  expect(run.ghosts[0]?.color).toBe(3);
  // Places are copied once for all curves of training: they are half of what is kept.
  expect(columnOf(run, 0, 'imageMean')?.x).toBe(columnOf(run, 0, 'imageVariance')?.x);
  const again = ghostsOf(curves, past, now);
  expect(again.ghosts[0]?.owner).not.toBe(run.ghosts[0]?.owner);
});

test('a run gives way to the next one, unless it is kept', async () => {
  const run = (id: string): GhostRun => ({ ...ghostsOfRecord(RECORD, id), id });
  addGhosts(run('first'));
  addGhosts(run('second'));
  expect(shownIds()).toEqual(['second']);
  await keepGhosts(run('record'));
  expect(shownIds()).toEqual(['second', 'record']);
  await keepGhosts(run('second'));
  addGhosts(run('third'));
  expect(shownIds()).toEqual(['second', 'record', 'third']);
  for (const shown of useGhosts.getState().runs) await forgetGhosts(shown);
  expect(shownIds()).toEqual([]);
});

const RUN = ghostsOfRecord(RECORD, 'a run');
const { id, name, task, saved, ghosts } = RUN;
const KEPT = { version: 1, name, task, saved, ghosts };

test('a run that was kept is read back', () => {
  expect(readKeptGhosts(id, structuredClone(KEPT))).toEqual({ ...RUN, kept: true });
});

test.each([
  ['nothing', undefined],
  ['another version', { ...KEPT, version: 2 }],
  ['no name', { ...KEPT, name: ' ' }],
  ['no arm', { ...KEPT, ghosts: [] }],
  ['a curve of text', { ...KEPT, ghosts: [{ ...KEPT.ghosts[0], columns: [['a:b', 'curve']] }] }],
  [
    'a curve with a value too few',
    {
      ...KEPT,
      ghosts: [
        {
          ...KEPT.ghosts[0],
          columns: [['a:b', { x: Float64Array.of(1, 2), y: Float64Array.of(1) }]],
        },
      ],
    },
  ],
  ['more than it should say', { ...KEPT, more: 1 }],
])('%s is passed over', (_name, value) => {
  expect(readKeptGhosts(id, value)).toBeNull();
});

const comesBack = () =>
  test('what is kept comes back, once, and what is removed does not', async () => {
    const [stays, goes] = [ghostsOfRecord(RECORD, 'stays'), ghostsOfRecord(RECORD, 'goes')];
    for (const run of [stays, goes]) await keepGhosts(run);
    await keepGhosts({ ...stays, name: 'renamed' });
    await forgetGhosts({ ...goes, kept: true });
    useGhosts.setState({ runs: [] });
    await loadGhosts();
    await loadGhosts();
    const { runs } = useGhosts.getState();
    expect(runs.filter((run) => [stays.id, goes.id].includes(run.id))).toEqual([
      { ...stays, name: 'renamed', kept: true },
    ]);
    expect(useNotices.getState().notices).toEqual([]);
    for (const run of runs) await forgetGhosts(run);
  });

// Node has no storage to keep them in.
if (inBrowser) comesBack();

test('a record’s file is opened, up to what the charts hold; anything else is told', async () => {
  await openRecord(fileOf(RECORD));
  expect(useGhosts.getState().runs.map(({ name }) => name)).toEqual(['my run']);
  expect(lastNotice()).toBe('“my run” is in the charts, dashed: 2 arms.');
  await openRecord(fileOf({ ...RECORD, task: 'emoji' }));
  expect(lastNotice()).toMatch(/It drew “Emoji”, not “Avatars”/);
  for (let more = 0; more < 8; more++) await openRecord(fileOf(RECORD));
  expect(useGhosts.getState().runs).toHaveLength(8);
  expect(lastNotice()).toMatch(/16 earlier arms at most/);
  useGhosts.setState({ runs: [] });
  for (const [content, message] of [
    ['{"version":1', /not JSON/],
    [{ version: 9 }, /version 9; this program reads/],
    [{ ...RECORD, arms: [] }, /Nothing was trained/],
    [{ ...RECORD, arms: [{ id: 1 }] }, /arms/],
  ] as const) {
    await openRecord(fileOf(content));
    expect(lastNotice()).toMatch(message);
  }
  expect(useGhosts.getState().runs).toHaveLength(0);
});
