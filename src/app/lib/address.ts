import { FIRST_PICTURES, MOST_PICTURES } from '../../lab/setUp/setUp';
import { DEFAULT_TASK, findTask, TASKS } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import type { ForeignTeacherOrder } from '../../worker/protocol/foreign';

/** Where the teacher comes from. */
export type TeacherChoice =
  /** An entry of the list. */
  | { readonly kind: 'id'; readonly id: string }
  /** A file of this site. */
  | { readonly kind: 'file'; readonly url: string }
  /** One's own training, or a teacher's file of one's own. */
  | { readonly kind: 'own'; readonly url: string }
  /** A network made elsewhere. */
  | { readonly kind: 'foreign'; readonly order: ForeignTeacherOrder };

/** The pages that this one has: the bench of pictures, and the lab of points in the plane. */
export const VIEWS = ['pictures', 'plane'] as const;
export type View = (typeof VIEWS)[number];

/** What the page's address asks for. */
export interface Address {
  readonly view: View;
  readonly task: ImageTask;
  readonly teacher: TeacherChoice | null;
  /** Images, or points, per update. */
  readonly batch: number | null;
  /** Pictures in a grid. */
  readonly images: number;
  /** Pictures in a measurement. */
  readonly samples: number | null;
  /** Id of an experiment to set the bench up after, unchecked. */
  readonly experiment: string | null;
  /** What was not understood, one sentence each. */
  readonly ignored: readonly string[];
}

const MOST_BATCH = 256;
const MOST_SAMPLES = 4096;
const ID = /^[a-z0-9][a-z0-9-]*$/i;

/**
 * Reads the parameters `view` (pictures or plane), `task` (an id), `teacher` (an id of the list, or a
 * relative address of a .safetensors file of
 * this site), `batch` (1 to 256), `images` (1 to 64), `samples` (8 to 4096) and `experiment`. What
 * cannot be used is named in `ignored`. Addresses of all earlier versions can be read.
 */
export const readAddress = (page: URL): Address => {
  const ignored: string[] = [];
  let view: View = 'pictures';
  let task: ImageTask = DEFAULT_TASK;
  let teacher: TeacherChoice | null = null;
  let batch: number | null = null;
  let images: number | null = null;
  let samples: number | null = null;
  let experiment: string | null = null;
  for (const [name, value] of page.searchParams) {
    if (name === 'view') view = readView(value, ignored);
    else if (name === 'task') task = readTask(value, ignored);
    else if (name === 'teacher') teacher = readTeacher(value, page, ignored);
    else if (name === 'batch') batch = readCount(name, value, [1, MOST_BATCH], ignored);
    else if (name === 'images') images = readCount(name, value, [1, MOST_PICTURES], ignored);
    else if (name === 'samples') samples = readCount(name, value, [8, MOST_SAMPLES], ignored);
    else if (name === 'experiment') experiment = value;
    else ignored.push(`“${name}” is not a parameter of this page.`);
  }
  return {
    ...{ view, task, teacher, batch, images: images ?? FIRST_PICTURES },
    ...{ samples, experiment, ignored },
  };
};

const readView = (text: string, ignored: string[]): View => {
  const view = VIEWS.find((known) => known === text);
  if (view === undefined) ignored.push(`“view” must be ${VIEWS.join(' or ')}, not “${text}”.`);
  return view ?? 'pictures';
};

const readTask = (id: string, ignored: string[]): ImageTask => {
  const task = findTask(id);
  if (task === undefined) {
    const known = TASKS.map((one) => one.id).join(', ');
    ignored.push(`“task” must be one of ${known}, not “${id}”.`);
  }
  return task ?? DEFAULT_TASK;
};

const readCount = (
  name: string,
  text: string,
  [least, most]: readonly [number, number],
  ignored: string[],
): number | null => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  ignored.push(`“${name}” must be a whole number from ${least} to ${most}, not “${text}”.`);
  return null;
};

/** What an address says of the teacher; what it cannot mean is named in `ignored`. */
export const readTeacher = (text: string, page: URL, ignored: string[]): TeacherChoice | null => {
  if (ID.test(text)) return { kind: 'id', id: text };
  const url = text.endsWith('.safetensors') ? localUrl(text, page) : null;
  if (url !== null) return { kind: 'file', url };
  ignored.push(
    `“teacher” must be a known name or the relative address of a .safetensors file of this site, not “${text}”.`,
  );
  return null;
};

/** Resolves a relative address; null when it leads to another site. */
const localUrl = (text: string, page: URL): string | null => {
  const absolute = /^([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(text);
  if (absolute || !URL.canParse(text, page)) return null;
  const url = new URL(text, page);
  return url.origin === page.origin ? url.href : null;
};

/** The page's address with another view, and all else that it says. */
export const addressOfView = (page: URL, view: View): string => {
  const url = new URL(page);
  if (view === 'pictures') url.searchParams.delete('view');
  else url.searchParams.set('view', view);
  return url.href;
};
