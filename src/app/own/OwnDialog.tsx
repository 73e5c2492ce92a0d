import '../styles/teacher.css';
import '../styles/own.css';
import { Dialog, Tabs } from 'radix-ui';
import { useLab } from '../lab/context';
import type { LabSession } from '../lab/session';
import { DialogClose } from '../fields/DialogClose';
import { useEffect } from 'react';
import type { PathFile } from '../../worker/own/protocol';
import { KeptTasks } from './KeptTasks';
import { ReadingState } from './ReadingState';
import { forgetRefused, useOwn } from './store';
import { OWN_TABS } from './tabs';

/** Gives what was brought to the tab that reads it. */
const distribute = (files: readonly PathFile[], lab: LabSession): void => {
  const tab = OWN_TABS.find(({ accepts }) => accepts(files));
  forgetRefused();
  if (tab) {
    useOwn.setState({ brought: null, tab: tab.id });
    tab.open(files, lab);
    return;
  }
  const [first] = files;
  const what = files.length === 1 && first ? `“${first.path.slice(-80)}”` : 'What you brought';
  const reads = OWN_TABS.map((one) => one.reads).join('; ');
  const unknown = `${what} is nothing that is read here. Bring one of these: ${reads}; a set-up (.json).`;
  useOwn.setState({ brought: null, unknown });
};

/** Where visitors bring teachers and pictures of their own. */
export const OwnDialog = () => {
  const lab = useLab();
  const open = useOwn((state) => state.open);
  const tab = useOwn((state) => state.tab);
  const brought = useOwn((state) => state.brought);
  const unknown = useOwn((state) => state.unknown);
  useEffect(() => {
    if (brought !== null) distribute(brought, lab);
  }, [brought, lab]);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) forgetRefused();
        useOwn.setState({ open: next });
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog teacher own">
          <Dialog.Title className="dialog-title">Bring your own</Dialog.Title>
          <Dialog.Description className="dialog-about">
            Choose a file, or drop it anywhere on the page. It is checked first, and stays on this
            machine.
          </Dialog.Description>
          {unknown !== null && <ReadingState reading={{ state: 'refused', message: unknown }} />}
          <Tabs.Root
            value={tab}
            onValueChange={(next) => useOwn.setState({ tab: next, unknown: null })}
          >
            <Tabs.List className="own-tabs" aria-label="What to bring">
              {OWN_TABS.map(({ id, title }) => (
                <Tabs.Trigger key={id} value={id} className="own-tab">
                  {title}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            {OWN_TABS.map(({ id, Panel }) => (
              <Tabs.Content key={id} value={id} className="own-panel">
                <Panel />
              </Tabs.Content>
            ))}
          </Tabs.Root>
          <KeptTasks />
          <DialogClose />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
