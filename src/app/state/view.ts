import { create } from 'zustand';
import { addressOfView, readAddress, type View } from '../lib/address';

interface ViewSlice {
  readonly view: View;
}

const viewOfAddress = (): ViewSlice => ({ view: readAddress(new URL(window.location.href)).view });

/** The view that the address names. */
export const useView = create<ViewSlice>()(viewOfAddress);

/** The address of a view of this page, as the rest of the present address has it. */
export const hrefOf = (view: View): string => addressOfView(new URL(window.location.href), view);

/** Shows another view, and says so in the address. */
export const showView = (view: View): void => {
  if (useView.getState().view === view) return;
  window.history.pushState(window.history.state, '', hrefOf(view));
  useView.setState({ view });
  window.scrollTo(0, 0);
};

/** Follows the browser's own way back and forth. */
export const followAddress = (): void => {
  window.addEventListener('popstate', () => useView.setState(viewOfAddress()));
};
