import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { drawingOf } from '../../../../src/app/charts/drawing';
import { chartCsv } from '../../../../src/app/charts/save/chartCsv';
import { SavedPicture } from '../../../../src/app/charts/save/SavedPicture';
import { slug, wrap } from '../../../../src/app/charts/save/words';
import { columnOf, curveOf } from './curves';

test('a CSV file has every value of what is shown, in full precision', () => {
  const curves = [
    curveOf('Arm 1', columnOf([0.1, 1 / 3, NaN, 4])),
    curveOf('Twin', columnOf([5, 6], [3, 4])),
    curveOf('Twin', columnOf([7], [2])),
  ];
  expect(chartCsv('Iteration', curves, [2, 4])).toBe(
    ['iteration,Arm 1,Twin,Twin (2)', `2,${1 / 3},,7`, '3,,5,', '4,4,6,', ''].join('\n'),
  );
});

const savedSvg = (log: boolean): string => {
  const curves = [
    curveOf('<Arm> & "1"', columnOf([1, 10, 100])),
    { ...curveOf('earlier', columnOf([2, 2, 2])), dashed: true },
  ];
  const reference = { name: 'guided teacher', value: 5, testId: 'teacher' };
  const options = { curves, reference, log, least: 1, dots: false } as const;
  return renderToStaticMarkup(
    createElement(SavedPicture, {
      title: 'Variance of the pictures',
      reading: 'Near the dotted line it is as contrasty as the teacher. '.repeat(4).trim(),
      across: 'Iteration',
      drawing: drawingOf({ ...options, range: [0, 10], axis: 'fromZero' }),
      marks: [{ key: 'a', iteration: 2, words: 'CA only', color: null }],
      dots: false,
      colorOf: (color) => `#${color.length.toString().padStart(6, '0')}`,
    }),
  );
};

test('an SVG file is legible alone: words, axes, legend, a light ground, no style sheet', () => {
  const svg = savedSvg(false);
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  for (const words of [
    ...['Variance of the pictures', 'Near the dotted line', 'Iteration', 'CA only'],
    ...['&lt;Arm&gt; &amp; &quot;1&quot; 100', 'earlier 2', 'guided teacher 5'],
  ]) {
    expect(svg).toContain(words);
  }
  expect(svg.match(/<path /g)).toHaveLength(2);
  expect(svg).not.toContain('var(');
  expect(svg).not.toContain('NaN');
  expect(svg).not.toContain('class=');
});

test('a logarithmic chart is saved as such', () => {
  const points = (svg: string) => /<path d="([^"]+)"/.exec(svg)?.[1]?.split(/[ML]/).slice(1) ?? [];
  const heights = points(savedSvg(true)).map((point) => Number(point.split(',')[1]));
  expect(heights).toHaveLength(3);
  const [first = 0, second = 0, third = 0] = heights;
  expect(first - second).toBeCloseTo(second - third, 0);
  expect(savedSvg(true)).toContain('logarithmic');
});

test('words are cut into lines, and become names of files', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('extraordinarily so', 5)).toEqual(['extraordinarily', 'so']);
  expect(slug('Size of CA’s update (all)')).toBe('size-of-ca-s-update-all');
});
