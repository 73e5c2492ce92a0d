import { memo } from 'react';
import { useCalm } from '../lib/calm';
import { figure } from '../lib/format';
import { useAcross } from './across';
import type { Drawing, Line } from './drawing';

const Row = ({ line }: { line: Line }) => {
  const points = line.points.flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]));
  const values = points.map(({ y }) => y);
  const last = points.at(-1);
  if (last === undefined) return null;
  return (
    <tr>
      <th scope="row">{line.curve.name}</th>
      <td>{figure(last.y)}</td>
      <td>{figure(last.x)}</td>
      <td>{figure(Math.min(...values))}</td>
      <td>{figure(Math.max(...values))}</td>
    </tr>
  );
};

/** Shortest time between two changes of the table, in milliseconds: it is read, not watched. */
const TABLE_INTERVAL = 1000;

interface ValuesTableProps {
  readonly title: string;
  readonly drawing: Drawing;
}

const PlainTable = ({ title, drawing }: ValuesTableProps) => {
  const { name } = useAcross();
  return (
    <div className="visually-hidden">
      <table>
        <caption>{`${title}, as shown`}</caption>
        <thead>
          <tr>
            <th scope="col">Curve</th>
            <th scope="col">Last value</th>
            <th scope="col">{`at ${name.toLowerCase()}`}</th>
            <th scope="col">Lowest</th>
            <th scope="col">Highest</th>
          </tr>
        </thead>
        <tbody>
          {drawing.lines.map((line) => (
            <Row key={line.curve.key} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Table = memo(PlainTable);

/** The chart for those who cannot see it. */
export const ValuesTable = (props: ValuesTableProps) => (
  <Table {...useCalm(props, TABLE_INTERVAL)} />
);
