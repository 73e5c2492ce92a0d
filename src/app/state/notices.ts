import { create } from 'zustand';

/** Something a visitor should know and may wave away. */
export interface Notice {
  readonly id: string;
  readonly text: string;
  /** What may be done about it, by a button. */
  readonly action?: { readonly says: string; readonly take: () => void };
}

interface NoticesSlice {
  readonly notices: readonly Notice[];
}

export const useNotices = create<NoticesSlice>()(() => ({ notices: [] }));

/** Shows a notice; one with the same id is replaced. */
export const notify = (notice: Notice): void => {
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter(({ id }) => id !== notice.id), notice],
  }));
};

/** Takes a notice away. */
export const dismiss = (id: string): void => {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
};
