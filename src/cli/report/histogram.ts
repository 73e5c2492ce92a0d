import { scaleLinear } from 'd3-scale';
import { TAU_BINS } from '../../lab/record';
import { html, type Html } from './html';

const [WIDTH, HEIGHT] = [220, 84];
const BASE = HEIGHT - 18;

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** How often each noise level was drawn, over [0, 1], as inline SVG; null when none was. */
export const tauHistogram = (
  term: string,
  className: string,
  counts: readonly number[],
): Html | null => {
  const total = sum(counts);
  if (total === 0) return null;
  const x = scaleLinear([0, TAU_BINS], [2, WIDTH - 2]);
  const y = scaleLinear([0, Math.max(...counts)], [BASE, 4]);
  const lowest = counts.findIndex((count) => count > 0) / TAU_BINS;
  const highest = (counts.findLastIndex((count) => count > 0) + 1) / TAU_BINS;
  const average = sum(counts.map((count, bin) => (count * (bin + 0.5)) / TAU_BINS)) / total;
  const label =
    `${term}: ${total} noise levels drawn between ${lowest.toFixed(2)} and ` +
    `${highest.toFixed(2)}, mean ${average.toFixed(2)}`;
  return html`<figure class="histogram">
    <figcaption>${term}, ${total.toLocaleString('en-GB')} draws</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}" class="${className}">
      ${counts.map(
        (count, bin) =>
          html`<rect
            x="${x(bin) + 0.5}"
            width="${x(1) - x(0) - 1}"
            y="${y(count).toFixed(1)}"
            height="${(BASE - y(count)).toFixed(1)}"
          />`,
      )}
      <line class="rule" x1="0" x2="${WIDTH}" y1="${BASE}" y2="${BASE}" />
      <text x="2" y="${HEIGHT - 4}">0 noise</text>
      <text x="${WIDTH / 2}" y="${HEIGHT - 4}" text-anchor="middle">tau</text>
      <text x="${WIDTH - 2}" y="${HEIGHT - 4}" text-anchor="end">1 clean</text>
    </svg>
  </figure>`;
};
