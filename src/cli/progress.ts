import { SingleBar } from 'cli-progress';

/** A bar with a few words of detail and the time left; a line every half minute without a terminal. */
export const progressBar = (): SingleBar =>
  new SingleBar({
    format: '{bar} {value}/{total}  {detail}  {eta_formatted} left',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
  });

/** A line of its own: on a terminal the bar is drawn over the line that it is on. */
export const say = (line: string): void => {
  console.log(process.stderr.isTTY ? `\n${line}` : line);
};
