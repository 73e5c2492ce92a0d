import { pathCoverage, SvgError, type FillRule } from './pixelsPath';

type Attributes = Readonly<Record<string, string>>;

/** Red, green, blue, each 0..255. */
type Colour = readonly [number, number, number];

const TAG = /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const METADATA = /<metadata[\s>][\s\S]*?<\/metadata>/g;
const HEX_COLOUR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** What we understand; anything else could change the picture, so it is refused. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  svg: ['xmlns', 'viewBox', 'fill', 'shape-rendering'],
  g: ['fill', 'fill-rule', 'clip-rule'],
  path: ['d', 'fill', 'fill-opacity', 'opacity', 'fill-rule', 'clip-rule'],
  rect: ['x', 'y', 'width', 'height', 'fill', 'fill-opacity', 'opacity'],
};

/**
 * Draws the SVG of an avatar without a browser: a `size` x `size` view box at one pixel a unit, of
 * filled paths and rectangles whose edges are horizontal or vertical, sampled at pixel centres.
 * Colours are composited in double precision and rounded once, at the end, so that every machine
 * gives the same bytes: red, green and blue planes, row by row.
 *
 * @throws {SvgError} for anything else in the text.
 */
export function drawSvg(svg: string, size: number): Uint8Array<ArrayBuffer> {
  const canvas = new Float64Array(3 * size * size);
  const inherited: Attributes[] = [{}];
  for (const [, closing, element = '', text = '', empty] of svg
    .replace(METADATA, '')
    .matchAll(TAG)) {
    if (closing) {
      inherited.pop();
      continue;
    }
    const own = readAttributes(element, text);
    if (element === 'svg' && own['viewBox'] !== `0 0 ${size} ${size}`) {
      throw new SvgError(`the view box is ${own['viewBox'] ?? 'missing'}, not 0 0 ${size} ${size}`);
    }
    const attributes = { ...inherited.at(-1), ...own };
    if (element === 'path') fill(canvas, size, attributes['d'] ?? '', attributes);
    else if (element === 'rect') fill(canvas, size, rectanglePath(attributes), attributes);
    if (!empty) inherited.push(attributes);
  }
  return Uint8Array.from(canvas, Math.round);
}

function readAttributes(element: string, text: string): Attributes {
  const known = KNOWN[element];
  if (!known) throw new SvgError(`the element <${element}> is not drawn`);
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (!known.includes(name)) throw new SvgError(`${name} of <${element}> is not drawn`);
    attributes[name] = value;
  }
  return attributes;
}

function rectanglePath({ x = '0', y = '0', width = '0', height = '0' }: Attributes): string {
  return `M${x} ${y}h${width}v${height}h-${width}Z`;
}

/** Lays a colour over the covered pixels: result = (1 - opacity) * below + opacity * colour. */
function fill(canvas: Float64Array, size: number, path: string, attributes: Attributes): void {
  if (attributes['fill'] === 'none') return;
  const colour = readColour(attributes['fill'] ?? '#000');
  const opacity = readOpacity(attributes['fill-opacity']) * readOpacity(attributes['opacity']);
  const plane = size * size;
  for (const at of coveredBy(path, readRule(attributes['fill-rule']), size)) {
    for (let channel = 0; channel < 3; channel++) {
      const place = channel * plane + at;
      canvas[place] = (1 - opacity) * (canvas[place] ?? 0) + opacity * (colour[channel] ?? 0);
    }
  }
}

/** Paths come again and again, in other colours; what they cover is remembered. */
const remembered = new Map<string, Uint32Array<ArrayBuffer>>();
/** More paths than the style has; a caller with endless others does not fill the memory. */
const MAX_REMEMBERED = 1024;

/** Places of the covered pixels. */
function coveredBy(path: string, rule: FillRule, size: number): Uint32Array<ArrayBuffer> {
  const key = `${size} ${rule} ${path}`;
  let covered = remembered.get(key);
  if (!covered) {
    const coverage = pathCoverage(path, rule, size);
    covered = Uint32Array.from([...coverage.keys()].filter((at) => coverage[at] === 1));
    if (remembered.size < MAX_REMEMBERED) remembered.set(key, covered);
  }
  return covered;
}

function readColour(text: string): Colour {
  if (!HEX_COLOUR.test(text)) throw new SvgError(`the colour ${text} is not #rgb or #rrggbb`);
  const digits = text.slice(1);
  const channel = (index: number): number =>
    digits.length === 3
      ? parseInt(digits.charAt(index).repeat(2), 16)
      : parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  return [channel(0), channel(1), channel(2)];
}

function readOpacity(text = '1'): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new SvgError(`the opacity ${text} is not a number from 0 to 1`);
  }
  return value;
}

function readRule(text = 'nonzero'): FillRule {
  if (text === 'nonzero' || text === 'evenodd') return text;
  throw new SvgError(`the fill rule ${text} is neither nonzero nor evenodd`);
}
