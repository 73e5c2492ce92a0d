import { create } from 'zustand';
import type { ForeignDraft } from '../../../lab/foreign/inspection';
import type { ForeignTeacherSpecInput } from '../../../lab/foreign/spec';
import { parseForeignStart, type ForeignStart } from '../../../training/foreignStart';
import type { Examined } from '../../../worker/protocol/foreign';

/** What a few samples told of a network, as it was described then. */
export type Trial = Required<Pick<Examined, 'provider'>> & {
  readonly checks: NonNullable<Examined['checks']>;
};

/** Everything that the page shows of a network made elsewhere, before it is used. */
export interface OnnxSlice {
  /** Of the file. */
  readonly name: string;
  readonly file: ArrayBuffer | null;
  /** Counts the looks at files, so that an answer to an earlier one is known. */
  readonly look: number;
  /** What the Worker is busy with. */
  readonly busy: 'looking' | 'trying' | null;
  /** What the file declares; null: it was not looked at yet. */
  readonly draft: ForeignDraft | null;
  /** How it is asked, as the visitor has it now. */
  readonly spec: ForeignTeacherSpecInput | null;
  /** Null: not tried as it is described now. */
  readonly trial: Trial | null;
  /** Why the file, or its description, cannot be used. */
  readonly refusal: string | null;
  /** Sizes of the students, and how they imitate it first. */
  readonly start: ForeignStart;
}

/** No file. */
export const NO_NETWORK = {
  name: '',
  file: null,
  busy: null,
  draft: null,
  spec: null,
  trial: null,
  refusal: null,
} as const satisfies Partial<OnnxSlice>;

export const useOnnx = create<OnnxSlice>()(() => ({
  ...NO_NETWORK,
  look: 0,
  start: parseForeignStart({}),
}));

/** Describes the network anew; what was tried no longer counts. */
export const describe = (
  change: (spec: ForeignTeacherSpecInput) => ForeignTeacherSpecInput,
): void => {
  useOnnx.setState(({ spec }) => ({ spec: spec && change(spec), trial: null, refusal: null }));
};

/** Sets up the students anew. */
export const changeStart = (part: Partial<ForeignStart>): void => {
  useOnnx.setState(({ start }) => ({ start: { ...start, ...part } }));
};

/** Takes the Worker's answer, unless another look was taken since. */
export const receiveExamined = ({ id, draft, checks, provider }: Examined): void => {
  if (id !== useOnnx.getState().look) return;
  if (checks === null) useOnnx.setState({ busy: null, draft, spec: draft.spec });
  else useOnnx.setState({ busy: null, trial: { checks, provider } });
};

/** What was asked last cannot be done. */
export const refuseNetwork = (refusal: string): void => {
  if (useOnnx.getState().busy !== null) useOnnx.setState({ busy: null, refusal });
};
