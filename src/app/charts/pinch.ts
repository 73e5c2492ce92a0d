import type { Range } from './axis';
import { pinch, shownRange, type Fingers, type Span } from './span';

/** Follows the fingers that lie on a chart; two of them zoom, and take what is shown with them. */
export class Pinch {
  /** Where each finger is, in shares of the chart's width. */
  readonly #fingers = new Map<number, number>();
  /** Where two fingers were laid, and what was shown then; null: there are not two. */
  #laid: { readonly fingers: Fingers; readonly range: Range } | null = null;

  /** A finger is laid on the chart. */
  lay(finger: number, at: number, span: Span, extent: Range): void {
    this.#fingers.set(finger, at);
    this.#lay(span, extent);
  }

  /** A finger moves; what is shown then, or null while it is not one of two. */
  move(finger: number, at: number, span: Span, extent: Range): Span | null {
    if (!this.#fingers.has(finger)) return null;
    this.#fingers.set(finger, at);
    const now = this.#pair();
    if (this.#laid === null || now === null) return null;
    return pinch(span, extent, this.#laid, now);
  }

  /** A finger is lifted. */
  lift(finger: number, span: Span, extent: Range): void {
    this.#fingers.delete(finger);
    this.#lay(span, extent);
  }

  #lay(span: Span, extent: Range): void {
    const fingers = this.#pair();
    this.#laid = fingers && { fingers, range: shownRange(span, extent) };
  }

  #pair(): Fingers | null {
    const [one, other, third] = [...this.#fingers.values()];
    if (one === undefined || other === undefined || third !== undefined) return null;
    return [Math.min(one, other), Math.max(one, other)];
  }
}
