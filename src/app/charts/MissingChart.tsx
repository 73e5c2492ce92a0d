import { CircleOff } from 'lucide-react';
import { useId } from 'react';

/** The place of a chart that a task cannot have, with the reason. */
export const MissingChart = ({ title, reason }: { title: string; reason: string }) => {
  const heading = useId();
  return (
    <figure className="chart" data-missing aria-labelledby={heading}>
      <figcaption>
        <h3 id={heading}>{title}</h3>
      </figcaption>
      <p className="chart-missing hint">
        <CircleOff aria-hidden /> {reason}
      </p>
    </figure>
  );
};
