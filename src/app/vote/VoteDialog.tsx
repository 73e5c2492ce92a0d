import '../styles/vote.css';
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { useLab } from '../lab/context';
import { DialogClose } from '../fields/DialogClose';
import { ChoosePair } from './ChoosePair';
import { Pair } from './Pair';
import { Result } from './Result';
import { useVotes } from './store';
import { Waiting } from './Waiting';

const Phase = () => {
  switch (useVotes((state) => state.phase)) {
    case 'choosing':
      return <ChoosePair />;
    case 'waiting':
      return <Waiting />;
    case 'voting':
      return <Pair />;
    case 'result':
      return <Result />;
  }
};

/** Two arms' pictures side by side without their names, until the result. */
export const VoteDialog = () => {
  const lab = useLab();
  const content = useRef<HTMLDivElement>(null);
  const close = (): void => {
    useVotes.setState({ open: false });
    // Each vote is kept as it is given; where one could not be, this is another try.
    lab.keep();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content
          ref={content}
          className="dialog vote"
          onOpenAutoFocus={(event) => {
            // The keys work from here; nothing is pressed by chance.
            event.preventDefault();
            content.current?.focus();
          }}
        >
          <Dialog.Title className="dialog-title">Blind vote</Dialog.Title>
          <Dialog.Description className="dialog-about">
            Two pictures of the same prompt and noise, on sides that tell nothing. Which arms drew
            them comes with the result; votes are kept in the run’s record.
          </Dialog.Description>
          <Phase />
          <DialogClose />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
