import { describe, expect, it } from 'vitest';
import { absenceInWords } from '../../../src/app/lab/absence';

const at = (iteration: number, running = true) => ({ iteration, running });

describe('an absence', () => {
  it('during which training went on is told with its iterations', () => {
    expect(absenceInWords(at(120), at(340))).toContain('iterations 121 to 340');
  });

  it('during which the browser held training is told', () => {
    expect(absenceInWords(at(120), at(120))).toContain('held training');
  });

  it('during which the run ended is told', () => {
    expect(absenceInWords(at(120), at(200, false))).toContain('ended at iteration 200');
  });

  it('from a run that was not training needs no word', () => {
    expect(absenceInWords(at(120, false), at(120, false))).toBeNull();
  });
});
