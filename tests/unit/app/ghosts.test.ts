import { beforeEach, expect, test } from 'vitest';
import { RunCurves } from '../../../src/app/lab/curves';
import { ghostsOf, ghostsOfRecord } from '../../../src/app/lab/ghosts';
import { openRecord } from '../../../src/app/lab/recordFile';
import { addGhosts, changeGhosts, useGhosts, type GhostRun } from '../../../src/app/state/ghosts';
import { useNotices } from '../../../src/app/state/notices';
import { evaluationRow, figureRow, runRecord } from '../../support/records';

const RECORD = runRecord([
  { id: 'a', name: 'Mine', variances: [0.25, 0.5, 0.75], evaluations: [evaluationRow(2)] },
  { id: 'b', name: 'CA + DM', variances: [0.125] },
]);

const columnOf = ({ ghosts }: GhostRun, arm: number, figure: string) =>
  ghosts[arm]?.columns.find(([key]) => key.endsWith(`:${figure}`))?.[1];

const fileOf = (content: unknown): File =>
  new File([typeof content === 'string' ? content : JSON.stringify(content)], 'my run.json');

const lastNotice = () => useNotices.getState().notices.at(-1)?.text;

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
  const run = ghostsOf(curves, past, { name: 'now', kept: true });
  curves.push('a', [variance(2, 9), variance(3, 9)], []);
  expect(columnOf(run, 0, 'imageVariance')?.y).toEqual(Float64Array.of(0.25, 0.5));
  expect(run.ghosts[0]?.color).toBe(3);
  const again = ghostsOf(curves, past, { name: 'now', kept: true });
  expect(again.ghosts[0]?.owner).not.toBe(run.ghosts[0]?.owner);
});

test('a run gives way to the next one, unless it is kept', () => {
  const run = (id: string, kept: boolean): GhostRun => ({ id, name: id, kept, ghosts: [] });
  const ids = () => useGhosts.getState().runs.map(({ id }) => id);
  addGhosts(run('first', false));
  addGhosts(run('second', false));
  expect(ids()).toEqual(['second']);
  addGhosts(run('record', true));
  expect(ids()).toEqual(['second', 'record']);
  changeGhosts('second', { kept: true });
  addGhosts(run('third', false));
  expect(ids()).toEqual(['second', 'record', 'third']);
});

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
