/** What the picture shows beside the student's points. */
export interface MixtureLook {
  /** Noise level of the renoised cloud and of the arrows, 0 (noise) to 1 (clean). */
  readonly tau: number;
  /** Arrows at the points of a grid, taken as x_tau, or at the student's points. */
  readonly arrows: 'grid' | 'samples';
  /** The class that points and arrows are of; null: all classes (arrows on a grid: the first). */
  readonly class: number | null;
}

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

/** The student at one moment. Points keep their order: point i comes from the same noise always. */
export interface MixturePicture {
  /** Of the points of all classes, whichever class is looked at. */
  readonly figures: MixtureFigures;
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
