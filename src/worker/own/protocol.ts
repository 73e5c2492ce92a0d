import type { RefusedFile } from '../../lab/own/collect';
import type { OwnDefinition } from '../../tasks/own/definition';
import type { ErrorReport } from '../protocol/reports';

/** Raised with every incompatible change; page and Worker refuse each other when it differs. */
export const OWN_PROTOCOL_VERSION = 1;

/** The folder of the browser's storage that holds visitors' own tasks and their pictures. */
export const OWN_FOLDER = 'own-tasks';

/** What is kept of a task: its definition as JSON, and the file of its pictures. */
export const definitionId = (task: string): string => `task-${task}`;
export const picturesId = (task: string): string => `pictures-${task}`;

/** A file with the path that it has in a folder; its name alone where it is in none. */
export interface PathFile {
  readonly path: string;
  readonly file: File;
}

/** What the page may ask. Commands are carried out one after another, in the order sent. */
export type OwnCommand =
  /** Reads a teacher's file; answered by `teacher` or `refused`. */
  | {
      readonly type: 'readTeacher';
      readonly file: File;
      /** Visitors' own tasks that the page knows: the teacher may be of one of them. */
      readonly known: readonly OwnDefinition[];
    }
  /** Makes pictures of files, one of which may be a zip archive; answered by `pictures` or `refused`. */
  | {
      readonly type: 'readPictures';
      readonly files: readonly PathFile[];
      readonly size: number;
      readonly title: string;
    }
  /** Keeps the teacher that was read last; answered by `kept`. */
  | { readonly type: 'keepTeacher' }
  /** Keeps the pictures that were read last, under this title; answered by `kept`. */
  | { readonly type: 'keepPictures'; readonly title: string }
  /** Throws away all that is kept of a task; answered by `removed`. */
  | { readonly type: 'remove'; readonly task: string };

/** What a teacher's file holds. */
export interface TeacherSummary {
  /** Id of its task. */
  readonly task: string;
  readonly title: string;
  /** Its task as data; null where the page knows it. */
  readonly definition: OwnDefinition | null;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly patch: number;
  /** Edge of an image in pixels. */
  readonly size: number;
  readonly parameters: number;
  /** Bytes on the GPU, about, of the teacher and one arm, without activations. */
  readonly memory: number;
  /** Title and values' names of each attribute. */
  readonly attributes: readonly { readonly title: string; readonly values: readonly string[] }[];
}

/** Pictures that were read. */
export interface PicturesSummary {
  readonly definition: OwnDefinition;
  /** Some of them, evenly from all: (n, 3, size, size), values in [-1, 1]. */
  readonly preview: Float32Array<ArrayBuffer>;
  /** The first refused files, and how many there are. */
  readonly refused: readonly RefusedFile[];
  readonly refusedCount: number;
}

/** What the Worker reports. */
export type OwnReport =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | ({ readonly type: 'teacher' } & TeacherSummary)
  | ({ readonly type: 'pictures' } & PicturesSummary)
  /** What was brought cannot be used; nothing has changed. */
  | { readonly type: 'refused'; readonly message: string }
  | {
      readonly type: 'kept';
      readonly what: 'teacher' | 'pictures';
      readonly task: string;
      readonly definition: OwnDefinition | null;
      /** The teacher's file, or the file of the pictures. */
      readonly file: Blob;
      /** Why it lasts no longer than the page; null: it is kept. */
      readonly problem: string | null;
    }
  | { readonly type: 'removed'; readonly task: string }
  | ErrorReport;
