import { describe, expect, test } from 'vitest';
import type { TermId } from '../../../../src/distill/config';
import {
  countOutside,
  eased,
  HOME,
  reachOf,
  toPixelX,
  toPixelY,
  toPlane,
} from '../../../../src/app/mixture/picture/camera';
import { arrowsOf, sumOf } from '../../../../src/app/mixture/picture/arrows';
import { gainFor } from '../../../../src/app/mixture/picture/paintArrows';

describe('the camera', () => {
  test('puts the origin into the middle, and y upwards', () => {
    const camera = { half: 4, size: 800 };
    expect([toPixelX(camera, 0), toPixelY(camera, 0)]).toEqual([400, 400]);
    expect([toPixelX(camera, 2), toPixelY(camera, 2)]).toEqual([600, 200]);
    expect(toPlane(camera, 600, 200)).toEqual([2, 2]);
  });

  test('reaches no less than home, and as far as nearly all points', () => {
    expect(reachOf(new Float32Array([0, 1, -1, 2]))).toBe(HOME);
    expect(reachOf(new Float32Array(0))).toBe(HOME);
    // A hundred points at a distance of 10, and two strays.
    const points = new Float32Array(204).fill(10);
    points.set([1e6, 0, Number.NaN, 3], 200);
    expect(reachOf(points)).toBeGreaterThan(10);
    expect(reachOf(points)).toBeLessThan(12);
    expect(countOutside(points, 11)).toBe(2);
  });

  test('eases to where it belongs, and arrives', () => {
    let half = HOME;
    const way = Array.from({ length: 200 }, () => (half = eased(half, 100, 16)));
    expect(way[0]).toBeGreaterThan(HOME);
    expect(way[0]).toBeLessThan(10);
    expect(way.at(-1)).toBe(100);
  });
});

describe('arrows', () => {
  test('are drawn so that nearly all fit, by a round factor', () => {
    const long = new Float32Array([3, 4, 3, 4, 0, 5]);
    // 0.11 of half the view is 0.385: 0.385 / 5 = 0.077, and 0.05 is the next below.
    expect(gainFor([long], 3.5)).toBe(0.05);
    expect(gainFor([new Float32Array([0.001, 0])], 3.5)).toBe(10);
    expect(gainFor([new Float32Array(4)], 3.5)).toBe(1);
  });

  test('of the term that is pointed at are marked and come last; the others stay behind', () => {
    const [at, ca, dm] = [Float32Array.of(0, 0), Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const palette = { spear: 'orange', shield: 'blue', ink: 'black' };
    const layers = { points: true, renoised: false, ca: true, dm: true, sum: true };
    const looks = (pointed: TermId | null, shown = layers) =>
      arrowsOf({ at, ca, dm }, shown, palette, pointed).map(
        ({ color, emphasis }) => `${color} ${emphasis}`,
      );
    expect(looks(null)).toEqual(['orange plain', 'blue plain', 'black plain']);
    expect(looks('ca')).toEqual(['blue behind', 'black behind', 'orange marked']);
    // What has no arrows, or has them switched off, puts none behind.
    expect(looks('gan')).toEqual(looks(null));
    expect(looks('dm', { ...layers, dm: false })).toEqual(['orange plain', 'black plain']);
  });

  test('add up', () => {
    expect([...sumOf(new Float32Array([1, 2]), new Float32Array([3, -2]))]).toEqual([4, 0]);
  });
});
