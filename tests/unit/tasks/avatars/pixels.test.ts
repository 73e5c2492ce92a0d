import { describe, expect, test } from 'vitest';
import { drawSvg } from '../../../../src/tasks/avatars/pixels';
import { pathCoverage, SvgError, type FillRule } from '../../../../src/tasks/avatars/pixelsPath';

/** Rows of a 4 x 4 coverage, # where covered. */
function picture(path: string, rule: FillRule = 'nonzero'): string[] {
  const covered = [...pathCoverage(path, rule, 4)].map((one) => (one ? '#' : '.'));
  return [0, 4, 8, 12].map((start) => covered.slice(start, start + 4).join(''));
}

describe('a path covers', () => {
  test('a rectangle, whichever way it is drawn', () => {
    const wanted = ['....', '.##.', '.##.', '....'];
    expect(picture('M1 1h2v2H1z')).toEqual(wanted);
    expect(picture('M1 1v2h2V1z')).toEqual(wanted);
    expect(picture('M1 1L3 1L3 3L1 3Z')).toEqual(wanted);
  });

  test('what an open path would enclose when closed', () => {
    expect(picture('M1 1h2v2H1')).toEqual(['....', '.##.', '.##.', '....']);
    expect(picture('M0 0h1v1H0M3 3h1v1H3')).toEqual(['#...', '....', '....', '...#']);
  });

  test('a second subpath from where the first began, when it moves relatively', () => {
    // After z the current point is the start of the subpath: (0, 0), so m2 2 is (2, 2).
    expect(picture('M0 0h2v1H0zm2 2h1v1h-1z')).toEqual(['##..', '....', '..#.', '....']);
  });

  test('a hole by the even-odd rule or by winding the other way', () => {
    const [same, other] = ['M0 0h4v4H0zM1 1h2v2H1z', 'M0 0h4v4H0zM1 1v2h2V1z'];
    const [full, ring] = [
      ['####', '####', '####', '####'],
      ['####', '#..#', '#..#', '####'],
    ];
    expect(picture(same, 'nonzero')).toEqual(full);
    expect(picture(same, 'evenodd')).toEqual(ring);
    expect(picture(other, 'nonzero')).toEqual(ring);
    expect(picture(other, 'evenodd')).toEqual(ring);
  });

  test('pixels whose centres are inside, and nothing beyond the grid', () => {
    expect(picture('M.4 0h2.2v.6H.4z')).toEqual(['###.', '....', '....', '....']);
    expect(picture('M.6 0h1.8v.4H.6z')).toEqual(['....', '....', '....', '....']);
    expect(picture('M-3 2h20v90h-20z')).toEqual(['....', '....', '####', '####']);
  });

  test('no slanted lines and no curves', () => {
    expect(() => pathCoverage('M0 0L2 2H0z', 'nonzero', 4)).toThrow(SvgError);
    expect(() => pathCoverage('M0 0h2v2', 'nonzero', 4)).toThrow('slanted');
    expect(() => pathCoverage('M0 0C1 1 2 2 3 0z', 'nonzero', 4)).toThrow('curve');
  });
});

/** Colours of a 2 x 1 drawing, as [red, green, blue] of each pixel. */
function pixels(body: string): number[][] {
  const planes = drawSvg(`<svg viewBox="0 0 2 2" fill="none">${body}</svg>`, 2);
  return [0, 1].map((at) => [0, 1, 2].map((channel) => planes[4 * channel + at] ?? NaN));
}

describe('a drawing', () => {
  test('lays opaque and translucent colours over each other', () => {
    expect(
      pixels(
        '<rect fill="#102030" width="2" height="2"/>' +
          '<path d="M0 0h1v1H0z" fill="#fff" fill-opacity=".1"/>',
      ),
    ).toEqual([
      // 0.9 * 16 + 25.5 = 39.9, 0.9 * 32 + 25.5 = 54.3, 0.9 * 48 + 25.5 = 68.7
      [40, 54, 69],
      [16, 32, 48],
    ]);
    // Rounding after each layer would give round(round(100.5) * 0.5) = 51; it is 50.25.
    const halves = '<path d="M0 0h1v1H0z" fill="#000" fill-opacity=".5"/>'.repeat(2);
    const below = '<rect fill="#c9c9c9" width="2" height="2"/>';
    expect(pixels(below + halves)[0]).toEqual([50, 50, 50]);
  });

  test('multiplies the two opacities of a path', () => {
    const path = '<path d="M0 0h1v1H0z" fill="#c86432" opacity=".5" fill-opacity=".5"/>';
    expect(pixels(path)[0]).toEqual([50, 25, 13]);
  });

  test('inherits from groups, and from the root no fill', () => {
    const grouped =
      '<g fill="#f00"><path d="M0 0h1v1H0z"/></g><path d="M1 0h1v1H1z"/>' +
      '<g fill="#f00"><path fill="#00ff00" d="M1 0h1v1H1z"/></g>';
    expect(pixels(grouped)).toEqual([
      [255, 0, 0],
      [0, 255, 0],
    ]);
    const ring = '<g fill-rule="evenodd"><path fill="#f00" d="M0 0h2v1H0zM0 0h1v1H0z"/></g>';
    expect(pixels(ring)).toEqual([
      [0, 0, 0],
      [255, 0, 0],
    ]);
  });

  test('ignores metadata and refuses what it does not understand', () => {
    const metadata = '<metadata xmlns:a="b"><a:title>circle</a:title></metadata>';
    expect(pixels(`${metadata}<path d="M0 0h1v1H0z" fill="#fff"/>`)[0]).toEqual([255, 255, 255]);
    for (const [body, message] of [
      ['<circle r="1"/>', '<circle>'],
      ['<path d="M0 0h1v1H0z" transform="scale(2)"/>', 'transform of <path>'],
      ['<g opacity=".5"></g>', 'opacity of <g>'],
      ['<path d="M0 0h1v1H0z" fill="red"/>', 'red is not #rgb'],
      ['<path d="M0 0h1v1H0z" fill="#ff" />', '#ff is not #rgb'],
      ['<path d="M0 0h1v1H0z" fill="#fff" opacity="2"/>', 'opacity 2'],
      ['<path d="M0 0h1v1H0z" fill="#fff" fill-rule="odd"/>', 'fill rule odd'],
    ] as const) {
      expect(() => pixels(body), body).toThrow(SvgError);
      expect(() => pixels(body), body).toThrow(message);
    }
    expect(() => drawSvg('<svg viewBox="0 0 8 8"></svg>', 2)).toThrow('view box is 0 0 8 8');
  });
});
