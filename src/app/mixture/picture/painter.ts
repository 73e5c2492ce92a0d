import type { TermId } from '../../../distill/config';
import type { Frames } from '../frames';
import type { LookSlice } from '../state/look';
import { arrowsOf } from './arrows';
import { countOutside, eased, HOME, reachOf, type Camera } from './camera';
import type { Contour } from './contours';
import { paintArrows, gainFor } from './paintArrows';
import { paintAxes } from './paintAxes';
import { paintContours } from './paintContours';
import { paintCloud, paintPoints } from './paintPoints';
import { readPalette, type Palette } from './palette';

/** What is painted beside the student's frames. */
export interface Scene {
  readonly contours: readonly Contour[];
  readonly layers: LookSlice['layers'];
  readonly follow: boolean;
  /** The term that is pointed at, whose arrows are marked; null: none. */
  readonly pointed: TermId | null;
  /** Whether points glide and views ease, or jump. */
  readonly smooth: boolean;
}

/** What a picture shows that its reader cannot see: for the line of words below it. */
export interface PictureFacts {
  /** Half the width of the view, in units of the plane. */
  readonly half: number;
  /** Points beyond the view. */
  readonly outside: number;
  /** Factor of the arrows' lengths; null: none are shown. */
  readonly gain: number | null;
}

/**
 * Paints the picture on a canvas, at most once a frame of the screen, and only when something changed
 * or still moves. `destroy()` ends it.
 */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #frames: Frames;
  readonly #onFacts: (facts: PictureFacts) => void;
  readonly #ends: (() => void)[];
  #scene: Scene | null = null;
  #palette: Palette;
  #half = HOME;
  #size = 0;
  #request = 0;
  #painted = 0;

  /** `software`: whether a CPU plays the GPU. */
  constructor(
    canvas: HTMLCanvasElement,
    frames: Frames,
    software: boolean,
    onFacts: (facts: PictureFacts) => void,
  ) {
    this.#canvas = canvas;
    this.#frames = frames;
    this.#palette = readPalette(canvas);
    // Where a CPU plays the GPU, painting by it would wait behind training: this paints directly.
    this.#context = canvas.getContext('2d', { willReadFrequently: software });
    this.#onFacts = onFacts;
    const observer = new ResizeObserver(() => this.#fit());
    observer.observe(canvas);
    this.#ends = [frames.subscribe(() => this.#ask()), () => observer.disconnect()];
    this.#fit();
  }

  /** Paints this from now on, in the colours that are in force. */
  show(scene: Scene): void {
    this.#palette = readPalette(this.#canvas);
    this.#scene = scene;
    this.#ask();
  }

  destroy(): void {
    cancelAnimationFrame(this.#request);
    for (const end of this.#ends) end();
  }

  /** As many pixels as the screen has there. */
  #fit(): void {
    this.#size = this.#canvas.clientWidth;
    const pixels = Math.round(this.#size * window.devicePixelRatio);
    if (this.#canvas.width !== pixels) {
      this.#canvas.width = pixels;
      this.#canvas.height = pixels;
    }
    this.#ask();
  }

  #ask(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame((now) => this.#paint(now));
  }

  #paint(now: number): void {
    this.#request = 0;
    const context = this.#context;
    const scene = this.#scene;
    if (context === null || scene === null || this.#size === 0) return;
    const { contours, layers, pointed, smooth } = scene;
    const palette = this.#palette;
    const frame = this.#frames.latest;
    const progress = smooth ? this.#frames.progressAt(now) : 1;
    const moving = this.#moveCamera(now, scene);
    const camera: Camera = { half: this.#half, size: this.#size };

    const ratio = this.#canvas.width / this.#size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#size, this.#size);
    paintContours(context, camera, palette, contours);
    paintAxes(context, camera, palette);
    let gain: number | null = null;
    if (frame !== null) {
      if (layers.renoised) paintCloud(context, camera, palette, frame);
      if (layers.points) paintPoints(context, camera, palette, this.#frames.trail, progress);
      const arrows = arrowsOf(frame.arrows, layers, palette, pointed);
      if (arrows.length > 0) {
        gain = gainFor(
          arrows.map(({ vectors }) => vectors),
          this.#half,
        );
        for (const one of arrows) paintArrows(context, camera, one, gain);
      }
    }
    const outside = frame === null ? 0 : countOutside(frame.points, this.#half);
    this.#onFacts({ half: this.#half, outside, gain });
    this.#painted = now;
    if (moving || progress < 1) this.#ask();
  }

  /** Moves the view a step to where it belongs; true while it is under way. */
  #moveCamera(now: number, { follow, smooth }: Scene): boolean {
    const frame = this.#frames.latest;
    const target = follow && frame !== null ? reachOf(frame.points) : HOME;
    const elapsed = Math.min(100, now - this.#painted);
    this.#half = smooth ? eased(this.#half, target, elapsed) : target;
    return this.#half !== target;
  }
}
