import { beforeEach, expect, test } from 'vitest';
import { originOf } from '../../../src/app/lab/experiments';
import {
  addArm,
  benchOf,
  changeArm,
  duplicateArm,
  labConfigOf,
  recolorArm,
  removeArm,
  renameArm,
  resetArm,
  selectedArm,
  useBench,
  withTerm,
} from '../../../src/app/state/bench';
import { MOST_ARMS, parseArmConfig, parseLabConfig } from '../../../src/lab/config';

beforeEach(() => {
  useBench.setState(benchOf({ arms: [{ id: 'arm-1', name: 'Arm 1' }] }));
});

const ids = (): string[] => useBench.getState().arms.map(({ id }) => id);

test('a copy is selected, has its model’s settings, and an id and colour of its own', () => {
  changeArm((config) => withTerm(config, 'dm', { enabled: false }));
  duplicateArm();
  const bench = useBench.getState();
  const copy = selectedArm(bench);
  expect(copy).toMatchObject({ id: 'arm-2', name: 'Arm 2', color: 1, like: 'arm-1' });
  expect(copy.config.terms.dm.enabled).toBe(false);
  changeArm((config) => withTerm(config, 'dm', { enabled: true }));
  expect(useBench.getState().arms[0]?.config.terms.dm.enabled).toBe(false);
});

test('arms keep their colours when others go, and a free one is used again', () => {
  duplicateArm();
  duplicateArm();
  removeArm('arm-2');
  expect(useBench.getState().arms.map(({ color }) => color)).toEqual([0, 2]);
  duplicateArm();
  expect(ids()).toEqual(['arm-1', 'arm-3', 'arm-4']);
  expect(selectedArm(useBench.getState()).color).toBe(1);
});

test('a new arm has the defaults and begins at the teacher', () => {
  changeArm((config) => ({ ...config, normalise: false }));
  addArm();
  const added = selectedArm(useBench.getState());
  expect(added).toMatchObject({ id: 'arm-2', color: 1, like: null });
  expect(added.config).toEqual(parseArmConfig({}));
});

test('an arm is reset to what it was set up as, and so is its copy', () => {
  const terms = { dm: { enabled: false } };
  useBench.setState(benchOf({ arms: [{ id: 'arm-1', name: 'CA only', config: { terms } }] }));
  const asSetUp = parseArmConfig({ terms });
  changeArm((config) => withTerm(config, 'dm', { enabled: true }));
  duplicateArm();
  changeArm((config) => ({ ...config, normalise: false }));
  resetArm('arm-2');
  const [first, copy] = useBench.getState().arms;
  expect(copy?.config).toEqual(asSetUp);
  expect(first?.config.terms.dm.enabled).toBe(true);
  resetArm('arm-1');
  expect(useBench.getState().arms[0]?.config).toEqual(asSetUp);
});

test('an arm of a run that goes on is reset to its experiment’s, else to the defaults', () => {
  expect(originOf('ca', 'e1').terms.dm.enabled).toBe(false);
  expect(originOf('arm-7', 'e1')).toEqual(parseArmConfig({}));
  expect(originOf('ca', null)).toEqual(parseArmConfig({}));
});

test('arms that want the same colour exchange theirs', () => {
  duplicateArm();
  const colors = (): number[] => useBench.getState().arms.map(({ color }) => color);
  recolorArm('arm-2', 5);
  expect(colors()).toEqual([0, 5]);
  recolorArm('arm-1', 5);
  expect(colors()).toEqual([5, 0]);
});

test('the last arm stays, and no more arms than a lab holds are made', () => {
  removeArm('arm-1');
  expect(ids()).toEqual(['arm-1']);
  for (let i = 0; i < MOST_ARMS + 2; i++) duplicateArm();
  expect(ids()).toHaveLength(MOST_ARMS);
  expect(new Set(ids()).size).toBe(MOST_ARMS);
});

test('removing the selected arm selects a neighbour', () => {
  duplicateArm();
  removeArm('arm-2');
  expect(useBench.getState().selected).toBe('arm-1');
});

test('a bench is a lab’s configuration and back', () => {
  duplicateArm();
  renameArm('arm-2', 'No shield');
  const config = labConfigOf(useBench.getState());
  expect(parseLabConfig(config)).toEqual(config);
  expect(labConfigOf(benchOf(config))).toEqual(config);
});

test('arms of a bench with other ids never meet them again', () => {
  useBench.setState(
    benchOf({
      arms: [
        { id: 'arm-3', name: 'Arm 3' },
        { id: 'x', name: 'X' },
      ],
    }),
  );
  duplicateArm();
  expect(selectedArm(useBench.getState())).toMatchObject({ id: 'arm-4', name: 'Arm 4' });
});
