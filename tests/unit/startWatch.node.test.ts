import { describe, expect, test } from 'vitest';
import { stagesOf } from '../../scripts/start-watch.mjs';

describe('a start', () => {
  test('is told by the stages of the run bar, their pieces as one', () => {
    const shown = [
      { at: 110, words: 'Loading the teacher…' },
      { at: 130, words: 'Loading the teacher: 1.0 MB of 5.1 MB…' },
      { at: 200, words: 'Compiling the kernels: 1 of 267…' },
      { at: 260, words: 'Compiling the kernels: 267 of 267…' },
      { at: 300, words: 'Spear and shield at work. Now try: this.' },
    ];
    expect(stagesOf({ pressed: 100, shown, trained: 450 })).toEqual({
      total: 350,
      stages: [
        { stage: 'until the page says something', milliseconds: 10 },
        { stage: 'Loading the teacher', milliseconds: 90 },
        { stage: 'Compiling the kernels', milliseconds: 100 },
        { stage: 'Spear and shield at work. Now try: this.', milliseconds: 150 },
      ],
    });
  });

  test('is not told before its first iteration', () => {
    expect(() => stagesOf({ pressed: 100, shown: [], trained: null })).toThrow(RangeError);
    expect(() => stagesOf({ pressed: null, shown: [], trained: null })).toThrow(RangeError);
  });
});
