import { create } from 'zustand';

interface PromptPanelSlice {
  readonly open: boolean;
  /** The picture whose prompt is edited; null: all pictures'. */
  readonly place: number | null;
}

export const usePromptPanel = create<PromptPanelSlice>()(() => ({ open: false, place: null }));

/** Opens the panel on one picture's prompt. */
export const editPrompt = (place: number): void => usePromptPanel.setState({ open: true, place });
