import { csvParseRows } from 'd3-dsv';
import {
  NAME_LENGTH,
  OWN_LIMITS,
  OwnTaskError,
  toName,
  type OwnAttribute,
} from '../../tasks/own/definition';
import type { Prompt } from '../../tasks/promptSpace';

/** What pictures show: attributes with their values, and each picture's prompt; open where not said. */
export interface Labels {
  readonly attributes: readonly OwnAttribute[];
  /** One a picture, in the order of their paths. */
  readonly prompts: readonly Prompt[];
}

/** One attribute of all pictures, as written: a picture's value, empty where nothing is said. */
interface Column {
  readonly title: string;
  readonly cells: readonly string[];
}

/** Names of tables of labels. */
export const LABELS_FILE = 'labels.csv';
const FILE_COLUMN = 'file';
/** Lines of a table of labels. */
const MOST_LINES = 50_000;

/** Prompts of pictures that nothing is said of. */
const PLAIN: Pick<Column, 'title'> & { readonly value: string } = {
  title: 'kind',
  value: 'picture',
};

const parameterName = (title: string, index: number): string => {
  const name = title.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, NAME_LENGTH);
  return /^[A-Za-z]/.test(name) ? name : `attribute_${index + 1}`;
};

/** The names, each once: what occurs twice gets its place. */
const distinct = (names: readonly string[]): string[] =>
  names.map((name, index) =>
    names.indexOf(name) === index ? name : `${name.slice(0, NAME_LENGTH - 5)}_${index + 1}`,
  );

const toLabels = (columns: readonly Column[], count: number): Labels => {
  const names = distinct(columns.map(({ title }, index) => parameterName(title, index)));
  const attributes = columns.map(({ title, cells }, index): OwnAttribute => {
    const values = [...new Set(cells.map(toName))].filter((value) => value !== '').sort();
    const { most } = OWN_LIMITS.values;
    if (values.length > most) {
      throw new OwnTaskError(
        `“${title}” has ${values.length} different values; at most ${most} can be learnt.`,
      );
    }
    if (values.length === 0) throw new OwnTaskError(`“${title}” says nothing of any picture.`);
    return { name: names[index] ?? '', title, values };
  });
  const prompts = Array.from({ length: count }, (_, picture) =>
    attributes.map(({ values }, index) => {
      const id = values.indexOf(toName(columns[index]?.cells[picture] ?? ''));
      return id < 0 ? values.length : id;
    }),
  );
  return { attributes, prompts };
};

/** The folder that all paths share, with its slash; empty where there is none. */
const sharedFolder = (paths: readonly string[]): string => {
  const [first = '', ...rest] = paths;
  let shared = first.slice(0, first.lastIndexOf('/') + 1);
  while (!rest.every((path) => path.startsWith(shared))) {
    shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
  }
  return shared;
};

/**
 * Labels by folder: below the folder that all pictures share, the first one is what a picture shows.
 * Pictures in no folder are of no kind; where none is in one, all are of the same.
 */
export const labelsOfFolders = (paths: readonly string[]): Labels => {
  const shared = sharedFolder(paths);
  const folders = paths.map((path) => {
    const [folder = '', ...more] = path.slice(shared.length).split('/');
    return more.length === 0 ? '' : folder;
  });
  const plain = folders.every((folder) => toName(folder) === '');
  const cells = plain ? paths.map(() => PLAIN.value) : folders;
  return toLabels([{ title: PLAIN.title, cells }], paths.length);
};

/** A table's header, checked: place of the files' column, and titles of the others. */
const checkHeader = (header: readonly string[]) => {
  const titles = header.map(toName);
  const file = titles.indexOf(FILE_COLUMN);
  if (file < 0) throw new OwnTaskError(`${LABELS_FILE} has no column “${FILE_COLUMN}”.`);
  const others = titles.flatMap((title, column) => (column === file ? [] : [{ title, column }]));
  const { least, most } = OWN_LIMITS.attributes;
  if (others.length < least || others.length > most) {
    throw new OwnTaskError(
      `${LABELS_FILE} has ${others.length} columns besides “${FILE_COLUMN}”; ${least} to ${most} can be learnt.`,
    );
  }
  if (new Set(titles).size < titles.length || titles.includes('')) {
    throw new OwnTaskError(`${LABELS_FILE} must name each of its columns, and differently.`);
  }
  return { file, others };
};

/**
 * Labels by a table: a column `file` (a path, or a name where no two pictures share it) and a column
 * for each attribute. Pictures without a line are open in all; lines without a picture are passed
 * over. Throws OwnTaskError.
 */
export const labelsOfTable = (text: string, paths: readonly string[]): Labels => {
  const [header, ...lines] = csvParseRows(text.replace(/^\uFEFF/, ''));
  if (!header) throw new OwnTaskError(`${LABELS_FILE} is empty.`);
  if (lines.length > MOST_LINES) {
    throw new OwnTaskError(
      `${LABELS_FILE} has ${lines.length} lines; at most ${MOST_LINES} are read.`,
    );
  }
  const { file, others } = checkHeader(header);
  const byPath = new Map(lines.map((line) => [(line[file] ?? '').replace(/^\.?\//, ''), line]));
  const shared = sharedFolder(paths);
  const lineOf = (path: string): readonly string[] =>
    byPath.get(path) ??
    byPath.get(path.slice(shared.length)) ??
    byPath.get(path.slice(path.lastIndexOf('/') + 1)) ??
    [];
  const found = paths.map(lineOf);
  if (found.every((line) => line.length === 0)) {
    throw new OwnTaskError(`${LABELS_FILE} names none of the pictures.`);
  }
  const columns = others.map(({ title, column }) => ({
    title,
    cells: found.map((line) => line[column] ?? ''),
  }));
  return toLabels(columns, paths.length);
};
