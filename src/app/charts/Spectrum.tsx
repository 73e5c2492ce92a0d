import { useMemo } from 'react';
import { EMPTY_COLUMN, type Column } from '../lab/columns';
import { armColor } from '../lib/colors';
import { useBench } from '../state/bench';
import { useRun } from '../state/run';
import { AcrossContext, FREQUENCIES } from './across';
import type { Range } from './axis';
import { SPECTRUM_CHART } from './catalogue';
import { Chart } from './Chart';
import { ownerOf, REAL_COLOR, REFERENCE_COLOR, type Curve } from './curve';

/** Highest frequency of pictures of 16x16, shown before anything is measured. */
const USUAL_END = 11;

/** Energy over frequency, without frequency 0: the mean colour, which is far above the rest. */
const columnOf = (energies: readonly number[]): Column => ({
  x: Float64Array.from(energies.slice(1), (_, index) => index + 1),
  y: Float64Array.from(energies.slice(1)),
});

const useStandards = (): Curve[] => {
  const standards = useRun((run) => run.standards);
  return useMemo(() => {
    if (standards === null) return [];
    const { real, guided } = standards;
    const named = [
      ['guided', 'guided teacher', REFERENCE_COLOR, guided],
      ['real', 'real pictures', REAL_COLOR, real],
    ] as const;
    return named.flatMap(([key, name, color, measured]): Curve[] => {
      if (measured === null) return [];
      const column = columnOf(measured.spectrum);
      return [{ key, owner: ownerOf('standard', key), name, color, dashed: true, column }];
    });
  }, [standards]);
};

/** The detail of all arms' pictures beside that of what they are to become like. */
export const Spectrum = () => {
  const arms = useBench((bench) => bench.arms);
  const spectra = useRun((run) => run.spectra);
  const standards = useStandards();
  const columns = useMemo(
    () => new Map(Object.entries(spectra).map(([id, energies]) => [id, columnOf(energies)])),
    [spectra],
  );
  const ofArms = arms.map(({ id, name, color }): Curve => ({
    key: id,
    owner: ownerOf('arm', id),
    name: arms.length === 1 ? 'student' : name,
    color: armColor(color),
    column: columns.get(id) ?? EMPTY_COLUMN,
  }));
  const curves = [...ofArms, ...standards];
  const extent: Range = [
    1,
    Math.max(2, ...curves.map(({ column }) => column.x.at(-1) ?? USUAL_END)),
  ];
  return (
    <AcrossContext value={FREQUENCIES}>
      <Chart
        entry={SPECTRUM_CHART}
        curves={curves}
        extent={extent}
        dots
        empty="Nothing has been measured yet."
      />
    </AcrossContext>
  );
};
