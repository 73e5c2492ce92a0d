import '../styles/teacher.css';
import { Dialog } from 'radix-ui';
import { DialogClose } from '../fields/DialogClose';
import { useEffect } from 'react';
import { NOTHING_TO_LEARN } from '../lib/missing';
import { Messages } from './Messages';
import { Offers } from './Offers';
import { teacherSession } from './session';
import { Setup } from './Setup';
import { useTeacher } from './store';
import { useTask } from '../state/task';
import { Training } from './Training';

/** Where a teacher of one's own is trained. Training goes on while it is closed. */
export const TeacherDialog = () => {
  const open = useTeacher((state) => state.open);
  const setting = useTeacher(({ state }) => state === 'idle' || state === 'failed');
  const canLearn = useTask(({ task }) => task.openImages !== null);
  const title = useTask(({ task }) => task.title);
  useEffect(() => {
    if (open) teacherSession.look();
  }, [open]);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => useTeacher.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog teacher">
          <Dialog.Title className="dialog-title">Train your own teacher</Dialog.Title>
          <Dialog.Description className="dialog-about">
            {title}: a diffusion model learns from real images, by flow matching, on this machine.
            Then distil it.
          </Dialog.Description>
          <Messages />
          <Offers />
          {canLearn ? setting ? <Setup /> : <Training /> : <p>{NOTHING_TO_LEARN}</p>}
          <DialogClose />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
