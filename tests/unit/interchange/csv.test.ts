import { expect, test } from 'vitest';
import { formatCsv } from '../../../src/interchange/csv';

test('writes a header and a line a row', () => {
  expect(formatCsv([{ step: 1, loss: 0.1 + 0.2, arm: 'CA + DM' }])).toBe(
    'step,loss,arm\n1,0.30000000000000004,CA + DM\n',
  );
});

test('quotes what needs it, leaves missing cells empty and names what is no number', () => {
  const rows = [
    { a: 'x,"y"\nz', b: null },
    { b: NaN, c: true },
  ];
  expect(formatCsv(rows)).toBe('a,b,c\n"x,""y""\nz",,\n,NaN,true\n');
});

test('keeps to the columns asked for', () => {
  expect(formatCsv([{ a: 1, b: 2, c: 3 }], ['c', 'a'])).toBe('c,a\n3,1\n');
  expect(formatCsv([], ['c', 'a'])).toBe('c,a\n');
});
