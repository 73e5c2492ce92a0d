import { expect, test } from 'vitest';
import { isReferenceGrid, referenceGrids, stepsOfGrid } from '../../../src/lab/grid';

test('the teacher draws in the steps that students take, each number once; real images come last', () => {
  expect(referenceGrids([1, 1], true)).toEqual(['teacherOneStep', 'teacherGuided', 'realImages']);
  expect(referenceGrids([4, 1, 2, 4], false)).toEqual([
    ...['teacherOneStep', 'teacherSteps:2', 'teacherSteps:4', 'teacherGuided'],
  ]);
  expect(referenceGrids([4, 2], true).map(stepsOfGrid)).toEqual([null, 2, 4, null, null]);
});

test('references are told from arms', () => {
  expect(referenceGrids([8], true).every(isReferenceGrid)).toBe(true);
  expect(['arm-1', 'teacher', 'teacherSteps'].some(isReferenceGrid)).toBe(false);
});
