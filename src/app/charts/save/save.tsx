import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { saveFile } from '../../lab/download';
import { drawingOf, type DrawingOptions } from '../drawing';
import { chartCsv } from './chartCsv';
import { withLightColors } from './lightColors';
import { svgToPng } from './png';
import { SavedPicture, type SavedPictureProps } from './SavedPicture';
import { slug } from './words';

/** PNG and SVG show the chart as it is on the page; CSV has every value of what it shows. */
export type ChartFormat = 'png' | 'svg' | 'csv';

/** What a chart says beside its curves. */
export type SavedChart = Pick<SavedPictureProps, 'title' | 'reading' | 'marks'>;

const chartSvg = (props: SavedPictureProps): string => {
  const host = document.createElement('div');
  const root = createRoot(host);
  flushSync(() => root.render(<SavedPicture {...props} />));
  const [picture] = host.children;
  const svg = picture === undefined ? '' : new XMLSerializer().serializeToString(picture);
  root.unmount();
  return svg;
};

/** Hands a chart to the visitor as a file. `across`: what its horizontal axis counts. */
export const saveChart = async (
  chart: SavedChart,
  options: DrawingOptions,
  across: string,
  format: ChartFormat,
): Promise<void> => {
  const name = `spear-and-shield-${slug(chart.title)}.${format}`;
  if (format === 'csv') {
    saveFile(name, 'text/csv', chartCsv(across, options.curves, options.range));
    return;
  }
  const drawing = drawingOf(options);
  const svg = withLightColors((colorOf) =>
    chartSvg({ ...chart, across, drawing, dots: options.dots, colorOf }),
  );
  if (format === 'svg') saveFile(name, 'image/svg+xml', svg);
  else saveFile(name, 'image/png', await svgToPng(svg));
};
