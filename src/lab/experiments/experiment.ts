import type { Claim } from '../claims/claim';
import { parseLabConfig, type LabConfig, type LabConfigInput } from '../config';

export type ExperimentId = 'e1' | 'e1-4' | 'e2' | 'e3' | 'e4' | 'e5' | 'e6' | 'e7';

/** What an experiment fixes of a lab; seed and batch are the user's to change. */
export type ExperimentLab = Pick<LabConfigInput, 'batch' | 'prompts' | 'arms'>;

/** A named set of arms, with what the paper found and what to look at. Plain data but its claims. */
export interface Experiment {
  readonly id: ExperimentId;
  readonly title: string;
  /** Where in the paper: "Fig. 2". */
  readonly paper: string;
  readonly question: string;
  /** What the paper found, with its figures. */
  readonly finding: string;
  /** What to look at in the pictures and plots. */
  readonly look: string;
  /** Student updates and seeds of a run as we would do it. */
  readonly iterations: number;
  readonly seeds: number;
  readonly lab: ExperimentLab;
  /** What a reader must know of the experiment on this task. */
  readonly note?: string;
  readonly claims: readonly Claim[];
}

/** What a user changes of an experiment's lab. */
export interface LabChanges {
  readonly seed?: number;
  readonly batch?: number;
  readonly prompts?: LabConfig['prompts'];
  /** Only these arms, by id. */
  readonly arms?: readonly string[];
}

/** The experiment's lab as a complete configuration. Throws ConfigError. */
export const labConfigOf = (
  { lab }: Experiment,
  { arms, ...changes }: LabChanges = {},
): LabConfig =>
  parseLabConfig({
    version: 1,
    ...lab,
    ...changes,
    arms: arms ? lab.arms.filter(({ id }) => arms.includes(id)) : lab.arms,
  });

/** Which kind of task the avatars are; every experiment that compares with the paper says so. */
export const TASK_NOTE =
  'The avatars stand between the paper’s simple and complex tasks. Their teacher needs guidance to ' +
  'follow its prompts, but a prompt that gives all eight attributes fixes most of the picture, so ' +
  'that DM alone does fairly well. Partial prompts, used here, are harder.';
