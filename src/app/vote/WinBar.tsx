import type { WinRate } from '../../lab/claims/votes';

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** A win rate with its interval on a line from 0 to 100 %. */
export const WinBar = ({ rate: { rate, low, high }, name }: { rate: WinRate; name: string }) => (
  <div className="win-bar">
    <p className="win-bar-words">
      Win rate of {name}: <b>{percent(rate)}</b>, interval {percent(low)} to {percent(high)}
    </p>
    <div className="win-bar-line" aria-hidden>
      <span
        className="win-bar-interval"
        style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }}
      />
      <span className="win-bar-rate" style={{ left: `${100 * rate}%` }} />
    </div>
    <div className="field-ends hint" aria-hidden>
      <span>0 %</span>
      <span>50 %</span>
      <span>100 %</span>
    </div>
  </div>
);
