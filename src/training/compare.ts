import type { SettingFigures, TeacherFigures } from './figures';

/** Figures that cannot be compared; the message says why. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
}

/** Which of two teachers to ship. */
export interface Verdict {
  /** Whether the new one is at least as good by every metric at every setting compared. */
  readonly isAtLeastAsGood: boolean;
  /** A line for each metric at each setting. */
  readonly lines: readonly string[];
}

/** Where teachers are compared: without guidance, and as students meet them. */
export const COMPARED = { eulerSteps: 25, guidances: [1, 3] } as const;

const settingOf = ({ settings }: TeacherFigures, guidance: number): SettingFigures => {
  const found = settings.find(
    (one) => one.eulerSteps === COMPARED.eulerSteps && one.guidance === guidance,
  );
  if (found) return found;
  throw new ComparisonError(
    `The figures lack ${COMPARED.eulerSteps} Euler steps at guidance ${guidance}; measure them.`,
  );
};

/** Whether one value is no worse, and a line that says so. */
const judge = (
  metric: string,
  [ours, theirs]: readonly [number, number],
  isLowerBetter: boolean,
  show: (value: number) => string,
): { good: boolean; line: string } => {
  const good = isLowerBetter ? ours <= theirs : ours >= theirs;
  const word = ours === theirs ? 'equal' : good ? 'better' : 'worse';
  return { good, line: `${metric}: ${show(ours)} against ${show(theirs)}, ${word}` };
};

/**
 * Whether a teacher may replace another: prompt accuracy (mean over attributes) no lower and
 * Fréchet distance no higher, at guidance 1 and 3 and 25 Euler steps. Throws ComparisonError for
 * figures that were measured by another classifier, seed or number of samples.
 */
export const compareTeachers = (ours: TeacherFigures, theirs: TeacherFigures): Verdict => {
  for (const field of ['task', 'samples', 'seed', 'classifier'] as const) {
    const [mine, other] = [ours.by[field], theirs.by[field]];
    if (mine !== other) {
      throw new ComparisonError(
        `These teachers were not measured alike: ${field} ${mine} and ${other}. Measure both anew.`,
      );
    }
  }
  const judged = COMPARED.guidances.flatMap((guidance) => {
    const [one, other] = [settingOf(ours, guidance), settingOf(theirs, guidance)];
    return [
      judge(
        `prompt accuracy at guidance ${guidance}`,
        [one.meanAccuracy, other.meanAccuracy],
        false,
        (value) => value.toFixed(3),
      ),
      judge(
        `Fréchet distance at guidance ${guidance}`,
        [one.frechet, other.frechet],
        true,
        (value) => value.toPrecision(3),
      ),
    ];
  });
  return {
    isAtLeastAsGood: judged.every(({ good }) => good),
    lines: judged.map(({ line }) => line),
  };
};
