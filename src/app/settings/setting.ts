import type { ArmConfig } from '../../lab/config';

/** One thing that can be set of an arm: where it lies in a configuration, and how it is spoken of. */
export interface Setting {
  /** What it is called. */
  readonly name: string;
  /** As it is shown and told apart. */
  readonly read: (config: ArmConfig) => string;
  /** `config` with this one thing taken from another. */
  readonly restore: (config: ArmConfig, from: ArmConfig) => ArmConfig;
  /** Whether it has any effect in this configuration. */
  readonly counts: (config: ArmConfig) => boolean;
  /** How `mine` differs in it from another, in words: "α 8 instead of 4". */
  readonly tell: (mine: ArmConfig, other: ArmConfig) => string;
}

type Part = Pick<Setting, 'read' | 'restore'> & Partial<Setting>;

const always = (): boolean => true;

/** A setting whose difference is told as "NAME this instead of that". */
export const valueOf = (name: string, part: Part): Setting => ({
  name,
  counts: always,
  tell: (mine, other) => `${name} ${part.read(mine)} instead of ${part.read(other)}`,
  ...part,
});

/** A setting whose difference is told as "NAME on" or "NAME off". */
export const switchOf = (name: string, part: Part): Setting => ({
  name,
  counts: always,
  tell: (mine) => `${name} ${part.read(mine)}`,
  ...part,
});

export const onOff = (on: boolean): string => (on ? 'on' : 'off');
