import { summarise, type Times } from '../../statistics';

/** Times all in turns: a round times every one of them once. `time` resolves to milliseconds. */
export const inTurns = async <Contender>(
  contenders: readonly Contender[],
  rounds: number,
  time: (contender: Contender) => Promise<number>,
): Promise<Times[]> => {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      times[index]?.push(await time(contender));
    }
  }
  return times.map(summarise);
};
