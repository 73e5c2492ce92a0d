import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { memo } from 'react';
import { toggleChart, toggleLog } from './look';
import type { ChartFormat } from './save/save';

interface ChartToolsProps {
  readonly id: string;
  readonly title: string;
  readonly log: boolean;
  /** Always the same function: a menu costs too much to be made anew ten times a second. */
  readonly save: (format: ChartFormat) => void;
}

const FORMATS = [
  ['png', 'Save as PNG'],
  ['svg', 'Save as SVG'],
  ['csv', 'Save as CSV'],
] as const;

const PlainTools = ({ id, title, log, save }: ChartToolsProps) => (
  <div className="chart-tools">
    <button
      type="button"
      className="chart-log"
      aria-pressed={log}
      aria-label={`Logarithmic scale, ${title}`}
      onClick={() => toggleLog(id)}
    >
      log
    </button>
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button small" aria-label={`Save or hide ${title}`}>
        <EllipsisVertical aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {FORMATS.map(([format, words]) => (
            <DropdownMenu.Item key={format} className="menu-item" onSelect={() => save(format)}>
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

/** What can be done with a chart: its scale, its files, putting it away. */
export const ChartTools = memo(PlainTools);
