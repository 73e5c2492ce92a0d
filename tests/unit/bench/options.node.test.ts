import { describe, expect, test } from 'vitest';
import { DEFAULTS, readOptions } from '../../../bench/page/options';

const read = (search: string) =>
  readOptions(new URL(`https://example.org/bench/${search}`), DEFAULTS.hardware);

describe('the address of the bench', () => {
  test('asks for nothing: as suits the adapter', () => {
    expect(read('')).toEqual({ options: DEFAULTS.hardware, problems: [] });
  });

  test('asks for what is to be measured', () => {
    const { options, problems } = read(
      '?batches=1,8&networks=default&squares=64,128&repetitions=3',
    );
    expect(problems).toEqual([]);
    expect(options).toEqual({
      batches: [1, 8],
      networks: 'default',
      squares: [64, 128],
      repetitions: 3,
    });
  });

  test.each([
    ['batches=0', /batches is to be whole numbers from 1 to 1024.*not “0”/],
    ['batches=4,x', /not “4,x”/],
    ['batches=', /not “”/],
    ['squares=100000', /squares is to be whole numbers from 16 to 4096/],
    ['repetitions=1.5', /repetitions is to be a whole number from 1 to 1000/],
    ['networks=huge', /networks is to be default or both/],
  ])('%s is told, and the rest is taken', (search, words) => {
    const { options, problems } = read(
      `?${search}&${search.startsWith('batches') ? '' : 'batches=2'}`,
    );
    expect(problems).toEqual([expect.stringMatching(words)]);
    const batches = search.startsWith('batches') ? DEFAULTS.hardware.batches : [2];
    expect(options).toEqual({ ...DEFAULTS.hardware, batches });
  });
});
