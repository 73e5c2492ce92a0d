import { expect, test } from 'vitest';
import type { Range } from '../../../../src/app/charts/axis';
import { Pinch } from '../../../../src/app/charts/pinch';
import {
  pan,
  pressKey,
  shownRange,
  WHOLE,
  zoom,
  zoomToMark,
  type Span,
} from '../../../../src/app/charts/span';

const RUN: Range = [0, 200];

/** The span after some keys, "Shift+" before one to hold it. */
const press = (keys: readonly string[], span: Span = WHOLE): Span =>
  keys.reduce((now, key) => {
    const shift = key.startsWith('Shift+');
    return pressKey(now, RUN, shift ? key.slice(6) : key, shift) ?? now;
  }, span);

test('arrows move the cursor by hundredths, and stay within what is shown', () => {
  expect(press(['ArrowLeft']).cursor).toBe(198);
  expect(press(['Home', 'ArrowLeft']).cursor).toBe(0);
  expect(press(['Home', 'PageUp', 'ArrowRight']).cursor).toBe(22);
  expect(press(['Home', 'End', 'ArrowRight']).cursor).toBe(200);
  const part = press(['ArrowRight', 'ArrowRight'], { ...WHOLE, range: [40, 60], cursor: 59 });
  expect(part.cursor).toBe(60);
  expect(pressKey(WHOLE, RUN, 'a', false)).toBeNull();
});

test('plus zooms in on the cursor, minus out again, 0 shows all', () => {
  const near = press(['+', '+'], { ...WHOLE, cursor: 50 });
  expect(near).toMatchObject({ range: [38, 88], cursor: 50 });
  expect(press(['-'], near).range).toEqual([26, 126]);
  expect(press(['-', '-'], near).range).toBeNull();
  expect(press(['0'], near).range).toBeNull();
  expect(press(['+']).range).toEqual([50, 150]);
});

test('zooming in ends at a few iterations', () => {
  const { range } = press(Array.from({ length: 20 }, () => '+'));
  expect(range).not.toBeNull();
  expect(range && range[1] - range[0]).toBe(4);
});

test('Shift with the arrows marks a range, Enter zooms to it, Escape lets go', () => {
  const marked = press(['Home', 'PageUp', 'Shift+PageUp', 'Shift+PageUp']);
  expect(marked).toMatchObject({ anchor: 20, cursor: 60, range: null });
  expect(zoomToMark(marked, RUN)).toEqual({ anchor: null, cursor: 60, range: [20, 60] });
  expect(press(['Enter'], marked).range).toEqual([20, 60]);
  expect(press(['Escape'], marked)).toEqual(WHOLE);
  expect(press(['ArrowRight'], marked).anchor).toBeNull();
});

test('a mark of no length, and Enter without one, zoom to nothing', () => {
  expect(zoomToMark({ range: null, cursor: 7, anchor: 7 }, RUN).range).toBeNull();
  expect(press(['Enter'])).toEqual(WHOLE);
});

test('what is shown moves by its own length, as far as there is room', () => {
  const span = { ...WHOLE, range: [40, 80] as const };
  expect(pan(span, RUN, 0.5).range).toEqual([60, 100]);
  expect(pan(span, RUN, -2).range).toEqual([0, 40]);
  expect(pan(span, RUN, 9).range).toEqual([160, 200]);
  expect(zoom(span, RUN, 100).range).toBeNull();
});

test('two fingers zoom, and keep the places that they were laid on', () => {
  const fingers = new Pinch();
  const move = (finger: number, at: number, span: Span) => fingers.move(finger, at, span, RUN);
  fingers.lay(1, 0.6, WHOLE, RUN);
  expect(move(1, 0.6, WHOLE)).toBeNull();
  fingers.lay(2, 0.4, WHOLE, RUN);
  // On 80 and 120 of 200; a fifth of the width becomes two fifths, then all moves to the right.
  const nearer = move(2, 0.2, WHOLE) ?? WHOLE;
  expect(nearer).toEqual({ range: [60, 160], cursor: null, anchor: null });
  const both = move(1, 0.4, nearer) ?? WHOLE;
  expect(both.range).toBeNull();
  const wide = move(2, 0, move(1, 1, both) ?? both) ?? both;
  expect(wide.range).toEqual([80, 120]);
  fingers.lift(1, wide, RUN);
  expect(move(2, 0.5, wide)).toBeNull();
  fingers.lay(3, 0.75, wide, RUN);
  expect(move(3, 1, wide)?.range).toEqual([90, 110]);
  fingers.lay(4, 0, wide, RUN);
  expect(move(3, 0, wide)).toBeNull();
});

test('fingers that spread far or meet show a few iterations, or a few times as many', () => {
  const fingers = new Pinch();
  const part: Span = { ...WHOLE, range: [100, 104] };
  fingers.lay(1, 0.4, part, RUN);
  fingers.lay(2, 0.6, part, RUN);
  expect(fingers.move(2, 1, part, RUN)?.range).toEqual([99, 103]);
  expect(fingers.move(2, 0.4, part, RUN)?.range).toEqual([96, 112]);
});

test('a part that lies beyond a new, shorter run gives way to all of it', () => {
  expect(shownRange({ range: [40, 80] }, [0, 10])).toEqual([0, 10]);
  expect(shownRange({ range: [40, 80] }, [0, 60])).toEqual([40, 60]);
  expect(shownRange({ range: null }, [0, 60])).toEqual([0, 60]);
});
