import type { ComponentType } from 'react';
import type { LabSession } from '../lab/session';
import type { PathFile } from '../../worker/own/protocol';

/** One kind of thing that a visitor may bring: a tab of the dialog. A new one is a file in `tabs`. */
export interface OwnTab {
  readonly id: string;
  /** On the tab. */
  readonly title: string;
  /** Tabs stand in the order of this number. */
  readonly place: number;
  /** What it reads, for a visitor who brought something else: `a teacher (.safetensors)`. */
  readonly reads: string;
  /** Whether these files are for it, by their names. */
  readonly accepts: (files: readonly PathFile[]) => boolean;
  /** Reads files that it accepts. */
  readonly open: (files: readonly PathFile[], lab: LabSession) => void;
  readonly Panel: ComponentType;
}

/** Whether a single file of one of these endings was brought. */
export const isSingle = (files: readonly PathFile[], ...endings: readonly string[]): boolean =>
  files.length === 1 && endings.some((ending) => files[0]?.path.toLowerCase().endsWith(ending));
