import { expect, test } from 'vitest';
import { drawingOf, isEmpty } from '../../../../src/app/charts/drawing';
import { valuesAt } from '../../../../src/app/charts/valuesAt';
import { columnOf, curveOf } from './curves';

const OPTIONS = { range: [0, 10], axis: 'fromZero', least: 0.1, log: false, dots: false } as const;

test('a logarithmic scale leaves out 0 and below, and says so', () => {
  const curves = [curveOf('a', columnOf([-1, 0, 0.5, 50]))];
  const drawing = drawingOf({ ...OPTIONS, curves, log: true });
  expect(drawing.leavesOut).toBe(true);
  expect(drawing.lines[0]?.points.map(({ y }) => y)).toEqual([null, null, 0.5, 50]);
  expect(drawing.up).toMatchObject({ scale: 'log', domain: [0.1, 100] });
  expect(drawingOf({ ...OPTIONS, curves }).leavesOut).toBe(false);
});

test('a curve of which nothing is above 0 leaves a logarithmic chart empty, but drawn', () => {
  const drawing = drawingOf({ ...OPTIONS, curves: [curveOf('a', columnOf([-1, 0]))], log: true });
  expect(isEmpty(drawing)).toBe(true);
  expect(drawing.up.domain).toEqual([0.1, 1]);
});

test('the axis shows the reference, and what is seen of a part alone', () => {
  const curves = [curveOf('a', columnOf([9, 1, 1, 1, 1, 1, 1, 1]))];
  const reference = { name: 'teacher', value: 3, testId: 'teacher' };
  expect(drawingOf({ ...OPTIONS, curves }).up.domain).toEqual([0, 10]);
  expect(drawingOf({ ...OPTIONS, curves, range: [4, 8] }).up.domain).toEqual([0, 1]);
  expect(drawingOf({ ...OPTIONS, curves, reference, range: [4, 8] }).up.domain).toEqual([0, 3]);
});

test('a reference of 0 or below has no place on a logarithmic scale', () => {
  const curves = [curveOf('a', columnOf([1, 2]))];
  const reference = { name: 'teacher', value: -0.1, testId: 'teacher' };
  expect(drawingOf({ ...OPTIONS, curves, reference }).reference).toBe(reference);
  expect(drawingOf({ ...OPTIONS, curves, reference, log: true }).reference).toBeUndefined();
});

test('measurements far apart are joined over what was not measured', () => {
  const curves = [curveOf('a', columnOf([1, NaN, 3], [0, 25, 50]))];
  const { lines } = drawingOf({ ...OPTIONS, curves, range: [0, 50], dots: true });
  expect(lines[0]?.points).toEqual([
    { x: 0, y: 1 },
    { x: 50, y: 3 },
  ]);
});

test('the cursor finds the nearest place with a value, and all curves just there', () => {
  const long = curveOf('long', columnOf([1, 2, 3, 4], [0, 25, 50, 75]));
  const short = curveOf('short', columnOf([8, 9, NaN], [25, 50, 75]));
  const at = (x: number) => {
    const found = valuesAt([long, short], x, [0, 100]);
    return found && [found.x, ...found.values.map(({ curve, value }) => [curve.name, value])];
  };
  expect(at(30)).toEqual([25, ['long', 2], ['short', 8]]);
  expect(at(90)).toEqual([75, ['long', 4]]);
  expect(at(3)).toEqual([0, ['long', 1]]);
  expect(valuesAt([long], 30, [30, 40])).toBeNull();
  expect(valuesAt([], 30, [0, 100])).toBeNull();
});
