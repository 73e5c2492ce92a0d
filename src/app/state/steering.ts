import { createContext, use } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ArmConfig } from '../../lab/config';
import { changeArm, selectedArm, useBench } from './bench';

/** A configuration that the controls show and change, wherever it is kept. */
export interface Steering extends Pick<
  StoreApi<ArmConfig>,
  'getState' | 'getInitialState' | 'subscribe'
> {
  readonly change: (change: (config: ArmConfig) => ArmConfig) => void;
}

/** The configuration that is a part of a store's state. */
export const steer = <State>(
  store: StoreApi<State>,
  read: (state: State) => ArmConfig,
  change: Steering['change'],
): Steering => ({
  getState: () => read(store.getState()),
  getInitialState: () => read(store.getInitialState()),
  subscribe: (listener) => store.subscribe((state, before) => listener(read(state), read(before))),
  change,
});

/** What the controls below act on: where nothing else is said, the bench's selected arm. */
export const SteeringContext = createContext(
  steer(useBench, (bench) => selectedArm(bench).config, changeArm),
);

/** Subscribes to a part of the steered configuration. */
export const useSteered = <Part>(select: (config: ArmConfig) => Part): Part =>
  useStore(use(SteeringContext), useShallow(select));

/** The way to change the steered configuration. */
export const useSteer = (): Steering['change'] => use(SteeringContext).change;
