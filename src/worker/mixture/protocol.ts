import type { ArmConfigInput } from '../../lab/config';
import type { Mixture } from '../../tasks/mixture/mixture';
import type { AdapterSummary, Explanation, ErrorCode } from '../protocol/reports';

/** Raised with every incompatible change; page and Worker refuse each other when it differs. */
export const MIXTURE_PROTOCOL_VERSION = 1;

/** What the picture shows beside the student's points. */
export interface MixtureLook {
  /** Noise level of the renoised cloud and of the arrows, 0 (noise) to 1 (clean). */
  readonly tau: number;
  /** Arrows at the points of a grid, taken as x_tau, or at the student's points. */
  readonly arrows: 'grid' | 'samples';
  /** The class that points and arrows are of; null: all classes (arrows on a grid: the first). */
  readonly class: number | null;
}

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
  /** One iteration, then a frame. */
  | { readonly type: 'step' }
  | { readonly type: 'stop' };

/** Numbers of the student as it is now. Null: nothing that is switched on gives it. */
export interface MixtureFigures {
  readonly iteration: number;
  /** Root mean square distance of the points to their mean; the mixture's own is sqrt(2). */
  readonly spread: number;
  /**
   * Kullback-Leibler divergence of the student's density from the teacher's conditional one, in
   * nats, mean over classes: both smoothed by one kernel and summed over a grid.
   */
  readonly divergence: number;
  /** The divergence of as many points of the teacher itself: what a perfect student would show. */
  readonly divergenceFloor: number;
  /** Root mean square of each term's weighted update. */
  readonly caNorm: number | null;
  readonly dmNorm: number | null;
  readonly meanVarianceNorm: number | null;
  readonly ganNorm: number | null;
  /** Cosine between the updates of CA and DM. */
  readonly updateCosine: number | null;
  readonly criticLoss: number | null;
}

/** The picture at one moment. Points keep their order: point i comes from the same noise always. */
export interface MixtureFrame {
  readonly figures: MixtureFigures;
  readonly iterationsPerSecond: number;
  readonly look: MixtureLook;
  /** The student's points (n, 2), and the class of each. */
  readonly points: Float32Array<ArrayBuffer>;
  readonly classes: Int32Array<ArrayBuffer>;
  /** The same points renoised to the look's tau (n, 2). */
  readonly renoised: Float32Array<ArrayBuffer>;
  /** Where arrows begin (m, 2), and the updates there (m, 2), guidance scale included. */
  readonly arrows: {
    readonly at: Float32Array<ArrayBuffer>;
    readonly ca: Float32Array<ArrayBuffer>;
    /** Null where no critic is trained. */
    readonly dm: Float32Array<ArrayBuffer> | null;
  };
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
  | ({ readonly type: 'error'; readonly code: ErrorCode } & Explanation);
