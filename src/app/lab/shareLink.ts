import { reasonOf } from '../../interchange/reason';
import { findExperiment } from '../../lab/experiments/registry';
import { LinkError, readLink, writeLink, type OpenedLink } from '../../lab/setUp/link';
import { readTeacher, type TeacherChoice } from '../lib/address';
import { notify } from '../state/notices';
import { currentTask } from '../state/task';
import { applySetUp, armsInWords, presentSetUp } from './setUp';
import type { LabSession } from './session';
import { chooseTeacher, useTeachers } from './teachers';

/** Links to set-ups: all of it is after the `#`, which browsers keep to themselves. */

const NOTICE = 'link';
/** What the part after the `#` begins with. */
const KEY = '#s=';

/** The teacher as a link has it; null: the task's first, or one that nobody else can have. */
const linkedTeacher = (choice: TeacherChoice | null): string | null => {
  if (choice?.kind === 'id') return choice.id;
  if (choice?.kind !== 'file') return null;
  const folder = new URL('.', document.baseURI).href;
  return choice.url.startsWith(folder) ? choice.url.slice(folder.length) : null;
};

/** The bench as the text of a link. */
export const linkNow = (): string =>
  writeLink({
    setUp: presentSetUp(),
    teacher: linkedTeacher(useTeachers.getState().choice),
  });

/** The address of this page with the bench as it is set up now, and its view. */
export const addressNow = (): string => {
  const { origin, pathname, searchParams } = new URL(window.location.href);
  const view = searchParams.get('view');
  return `${origin}${pathname}${view === null ? '' : `?view=${view}`}${KEY}${linkNow()}`;
};

/** The link in an address; null: there is none. */
export const linkOf = ({ hash }: Pick<URL, 'hash'>): string | null =>
  hash.startsWith(KEY) ? hash.slice(KEY.length) : null;

/** What will not travel with a link, a sentence; null: nothing. */
export const leftBehind = (): string | null => {
  const { choice } = useTeachers.getState();
  const { id, title } = currentTask();
  if (id.startsWith('own-')) return `“${title}” is yours alone: others must bring it first.`;
  return choice !== null && linkedTeacher(choice) === null
    ? 'Your own teacher stays here: others will learn from the task’s first one.'
    : null;
};

const inWords = ({ setUp }: OpenedLink): string => {
  const experiment = setUp.experiment === null ? undefined : findExperiment(setUp.experiment);
  const arms = armsInWords(setUp);
  const what = experiment ? `${experiment.id.toUpperCase()}: ${experiment.title}, ${arms}` : arms;
  return `${what} of “${currentTask().title}”`;
};

/** Puts a link's teacher in place; one that cannot be had is told. */
const applyTeacher = (text: string | null, lost: string[]): void => {
  const choice = text === null ? null : readTeacher(text, new URL(document.baseURI), lost);
  chooseTeacher(choice);
};

/**
 * Sets the bench up after a link's text. What cannot be used of it is told, and the rest is kept;
 * of a broken link nothing is, and nothing changes. `name`: what to call it; `quiet`: success goes
 * without saying.
 */
export const openLink = (
  text: string,
  lab: LabSession,
  { name = 'The link', quiet = false } = {},
): void => {
  try {
    const opened = readLink(text);
    const lost = [...opened.lost];
    applySetUp(opened.setUp, lab);
    applyTeacher(opened.teacher, lost);
    if (quiet && lost.length === 0) return;
    const rest = lost.length === 0 ? '' : ` Not everything could be kept. ${lost.join(' ')}`;
    notify({ id: NOTICE, text: `${name} is set up: ${inWords(opened)}.${rest}` });
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    notify({
      id: NOTICE,
      text: `${name} was not opened, and nothing was changed. ${reasonOf(error)}`,
    });
  }
};
