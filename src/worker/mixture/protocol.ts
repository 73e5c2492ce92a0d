import type { Solo } from '../../distill/solo';
import type { ArmConfigInput } from '../../lab/config';
import type { MixtureLook, MixturePicture } from '../../lab/mixture/picture';
import type { Mixture } from '../../tasks/mixture/mixture';
import type { AdapterSummary, ErrorReport, Explanation } from '../protocol/reports';

export type { MixtureFigures, MixtureLook } from '../../lab/mixture/picture';

/** Raised with every incompatible change; page and Worker refuse each other when it differs. */
export const MIXTURE_PROTOCOL_VERSION = 2;

export type MixtureCommand =
  /** Fits the networks to the teacher, then trains. What was running before ends. */
  | {
      readonly type: 'start';
      readonly mixture: Mixture;
      readonly config: ArmConfigInput;
      /** Points an update. */
      readonly batch: number;
      readonly seed: number;
      readonly look: MixtureLook;
      /** Whether to train at once, or to wait for `run`. */
      readonly run: boolean;
    }
  /** Changes the student's configuration; a refused one changes nothing. */
  | { readonly type: 'configure'; readonly config: ArmConfigInput }
  | { readonly type: 'look'; readonly look: MixtureLook }
  | { readonly type: 'run' }
  | { readonly type: 'pause' }
  /** One iteration, or one update of that network alone, then a frame. */
  | { readonly type: 'step'; readonly solo?: Solo }
  | { readonly type: 'stop' };

/** The picture at one moment, and the pace of training. */
export interface MixtureFrame extends MixturePicture {
  readonly iterationsPerSecond: number;
}

export type MixtureState = 'idle' | 'preparing' | 'running' | 'paused' | 'failed';

/** Preparation of a run: a device, programs, and the networks' start. */
export type MixtureStage = 'device' | 'measuring' | 'compiling' | 'fitting';

export type MixtureReport =
  | { readonly type: 'state'; readonly state: MixtureState }
  | {
      readonly type: 'progress';
      readonly stage: MixtureStage;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'ready'; readonly adapter: AdapterSummary; readonly memoryBytes: number }
  /** At most fifteen a second. */
  | { readonly type: 'frame'; readonly frame: MixtureFrame }
  /** A command was refused, or the student halted; the run is still there. */
  | ({ readonly type: 'notice' } & Explanation)
  | ErrorReport;
