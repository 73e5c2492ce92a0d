import { TriangleAlert } from 'lucide-react';
import { Progress } from 'radix-ui';
import type { Reading } from './store';

/** What is being read, or why it was refused; nothing once it is read. */
export const ReadingState = ({ reading }: { reading: Reading<unknown> }) => {
  switch (reading.state) {
    case 'reading': {
      const { done, total } = reading;
      const share = done / Math.max(total, 1);
      return (
        <div className="teacher-status" role="status">
          <p>Reading{total > 1 && `: ${done} of ${total}`}…</p>
          <Progress.Root className="teacher-progress" value={100 * share} aria-label="Reading">
            <Progress.Indicator
              className="progress-bar"
              style={{ transform: `scaleX(${share})` }}
            />
          </Progress.Root>
        </div>
      );
    }
    case 'refused':
      return (
        <section className="failure" role="alert">
          <TriangleAlert aria-hidden />
          <div>
            <h2>This cannot be used</h2>
            <p>{reading.message}</p>
            <p>Nothing has changed.</p>
          </div>
        </section>
      );
    default:
      return null;
  }
};
