import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useAcross } from './across';
import type { DrawingOptions } from './drawing';
import { toggleChart, toggleLog } from './look';
import type { SavedChart } from './save/save';
import { saveChart } from './save/save';

interface ChartToolsProps {
  readonly id: string;
  readonly chart: SavedChart;
  readonly options: DrawingOptions;
}

const FORMATS = [
  ['png', 'Save as PNG'],
  ['svg', 'Save as SVG'],
  ['csv', 'Save as CSV'],
] as const;

/** What can be done with a chart: its scale, its files, putting it away. */
export const ChartTools = ({ id, chart, options }: ChartToolsProps) => {
  const { name } = useAcross();
  return (
    <div className="chart-tools">
      <button
        type="button"
        className="chart-log"
        aria-pressed={options.log}
        aria-label={`Logarithmic scale, ${chart.title}`}
        onClick={() => toggleLog(id)}
      >
        log
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className="icon-button small"
          aria-label={`Save or hide ${chart.title}`}
        >
          <EllipsisVertical aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
            {FORMATS.map(([format, words]) => (
              <DropdownMenu.Item
                key={format}
                className="menu-item"
                onSelect={() => void saveChart(chart, options, name, format)}
              >
                {words}
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="menu-rule" />
            <DropdownMenu.Item className="menu-item" onSelect={() => toggleChart(id)}>
              Hide this chart
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
};
