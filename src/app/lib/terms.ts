import type { TermId } from '../../distill/config';
import type { ArmConfig } from '../../lab/config';

/** How each term of the update is called where there is little room. */
export const TERM_NAMES: Readonly<Record<TermId, string>> = {
  ca: 'CA',
  dm: 'DM',
  meanVariance: 'mean-variance',
  gan: 'GAN',
};

/** Each term's colour: a custom property of tokens.css. */
export const TERM_COLORS: Readonly<Record<TermId, string>> = {
  ca: 'var(--spear)',
  dm: 'var(--shield)',
  meanVariance: 'var(--mean-variance)',
  gan: 'var(--gan)',
};

/** The terms, in the order in which they are always named. */
export const TERM_IDS = ['ca', 'dm', 'meanVariance', 'gan'] as const satisfies readonly TermId[];

/** Whether an arm has a critic that learns. */
export const trainsCritic = ({ terms, critic }: ArmConfig): boolean =>
  (terms.dm.enabled || critic.observer) && critic.updates > 0;

/** The terms that move the student, in words: "CA + DM", "CA only", "no term". */
export const termsInWords = ({ terms }: Pick<ArmConfig, 'terms'>): string => {
  const names = TERM_IDS.filter((id) => terms[id].enabled).map((id) => TERM_NAMES[id]);
  if (names.length === 0) return 'no term';
  return names.length === 1 ? `${names[0] ?? ''} only` : names.join(' + ');
};

/** "one step", "4 steps". */
export const stepsInWords = (steps: number): string =>
  steps === 1 ? 'one step' : `${steps} steps`;

/** How a term stands in a summary: CA with its guidance scale. */
const termInSummary = (id: TermId, { guidanceScale }: Pick<ArmConfig, 'guidanceScale'>): string =>
  id === 'ca' ? `CA ×${guidanceScale}` : TERM_NAMES[id];

/** What an arm is, in one plain line: "CA ×4 + DM, one step". */
export const summaryOf = (config: ArmConfig): string => {
  const names = TERM_IDS.filter((id) => config.terms[id].enabled).map((id) =>
    termInSummary(id, config),
  );
  const [first = 'no term', ...others] = names;
  const terms = names.length === 1 ? `${first} only` : [first, ...others].join(' + ');
  return `${terms}, ${stepsInWords(config.student.steps)}`;
};

/** An arm in a few words: its terms, and its steps where there are several. */
export const armInWords = (config: Pick<ArmConfig, 'terms' | 'student'>): string => {
  const { steps } = config.student;
  return steps === 1 ? termsInWords(config) : `${termsInWords(config)}, ${stepsInWords(steps)}`;
};
