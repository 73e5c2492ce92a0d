import { SVGPathData } from 'svg-pathdata';

/** What decides which regions of a path are inside, as in SVG. */
export type FillRule = 'nonzero' | 'evenodd';

/** An SVG that this project does not draw; the message names what it met. */
export class SvgError extends Error {
  override readonly name = 'SvgError';
}

/** Height of a pixel's centre above its edge, in pixels. */
const CENTRE = 0.5;

/**
 * The pixels of a size x size grid whose centres lie inside a path: 1 or 0 for each, row by row.
 * Exact, for paths of horizontal and vertical lines; open subpaths are closed, as filling does.
 *
 * @throws {SvgError} for a curve or a slanted line.
 */
export function pathCoverage(path: string, rule: FillRule, size: number): Uint8Array<ArrayBuffer> {
  const winding = new Int32Array(size * size);
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number): void => {
    if (toX !== x && toY !== y) throw new SvgError(`the path "${path}" has a slanted line`);
    addVerticalEdge(winding, size, x, y, toY);
    [x, y] = [toX, toY];
  };
  for (const command of new SVGPathData(path).toAbs().commands) {
    switch (command.type) {
      case SVGPathData.MOVE_TO:
        lineTo(startX, startY);
        [x, y] = [startX, startY] = [command.x, command.y];
        break;
      case SVGPathData.HORIZ_LINE_TO:
        lineTo(command.x, y);
        break;
      case SVGPathData.VERT_LINE_TO:
        lineTo(x, command.y);
        break;
      case SVGPathData.LINE_TO:
        lineTo(command.x, command.y);
        break;
      case SVGPathData.CLOSE_PATH:
        lineTo(startX, startY);
        break;
      default:
        throw new SvgError(`the path "${path}" has a curve; only straight lines are drawn`);
    }
  }
  lineTo(startX, startY);
  const inside = rule === 'nonzero' ? (n: number) => n !== 0 : (n: number) => n % 2 !== 0;
  return Uint8Array.from(winding, (count) => (inside(count) ? 1 : 0));
}

/** Counts an edge at `x` from `y` to `toY` for every centre that sees it on its left. */
function addVerticalEdge(
  winding: Int32Array,
  size: number,
  x: number,
  y: number,
  toY: number,
): void {
  const direction = Math.sign(toY - y);
  const [top, bottom] = [Math.min(y, toY), Math.max(y, toY)];
  for (let row = 0; row < size; row++) {
    if (row + CENTRE < top || row + CENTRE >= bottom) continue;
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      if (column + CENTRE >= x) winding[at] = (winding[at] ?? 0) + direction;
    }
  }
}
