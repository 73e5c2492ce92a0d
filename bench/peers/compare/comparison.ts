import type { Times } from '../../statistics';
import type { Framework } from '../framework';
import { requireAgreement } from './agreement';
import type { Result, Row } from './row';

/** What a comparison needs to know of the run. */
export interface Run {
  readonly frameworks: readonly Framework[];
  readonly rounds: number;
  readonly note: (text: string) => void;
}

type Differences = Readonly<Record<string, number>>;

/** What is compared, and with whom. */
export interface Checked<Answer> {
  readonly name: string;
  readonly answer: Answer;
}

/** Differences of every answer from the first. Throws an Error that names who differs too much. */
export const checkAll = <Answer>(
  work: string,
  answers: readonly Checked<Answer>[],
  limit: number,
  differencesOf: (found: Answer, expected: Answer) => Differences,
): Differences[] => {
  const [first] = answers;
  if (!first) return [];
  return answers.map(({ name, answer }) => {
    const differences = differencesOf(answer, first.answer);
    requireAgreement(name, work, differences, limit);
    return differences;
  });
};

/** Puts times beside differences. */
export const rowOf = (
  work: string,
  flops: number | null,
  { frameworks }: Run,
  times: readonly Times[],
  differences: readonly Differences[],
): Row => ({
  work,
  flops,
  results: frameworks.flatMap(({ name }, index): Result[] => {
    const [own, differs] = [times[index], differences[index]];
    return own && differs ? [{ name, times: own, differences: differs }] : [];
  }),
});

/** Makes one thing of each framework, one after another. */
export const makeAll = async <Made>(
  { frameworks, note }: Run,
  work: string,
  make: (framework: Framework) => Promise<Made>,
): Promise<Made[]> => {
  const all: Made[] = [];
  for (const framework of frameworks) {
    note(`${work}: making ${framework.name}`);
    all.push(await make(framework));
  }
  return all;
};
