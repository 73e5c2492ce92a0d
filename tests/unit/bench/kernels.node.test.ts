import { expect, test } from 'vitest';
import { parseBenchOptions } from '../../../bench/options';

test('the bench uses the kernels that it is told to, and measures where it is not', () => {
  expect(parseBenchOptions([])?.forced).toEqual({});
  expect(parseBenchOptions(['--matmul', 'tiled'])?.forced).toEqual({ matmul: 'tiled' });
  expect(parseBenchOptions(['--matmul', 'halfTiled', '--reduce', 'subgroup'])?.forced).toEqual({
    matmul: 'halfTiled',
    reduce: 'subgroup',
  });
});

test('kernels that are not there are refused, with the names of those that are', () => {
  expect(() => parseBenchOptions(['--matmul', 'quarter'])).toThrow(
    /--matmul is one of tiled, halfTiled, blocked, .*not “quarter”/,
  );
  expect(() => parseBenchOptions(['--reduce', ''])).toThrow(/tree, subgroup, serial/);
});
