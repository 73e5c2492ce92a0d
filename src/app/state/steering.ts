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
  /** What settings are restored to. */
  readonly origin: Pick<StoreApi<ArmConfig>, 'getState' | 'getInitialState' | 'subscribe'>;
}

/** A part of a store's state, as a store. */
const partOf = <State>(
  store: StoreApi<State>,
  read: (state: State) => ArmConfig,
): Steering['origin'] => ({
  getState: () => read(store.getState()),
  getInitialState: () => read(store.getInitialState()),
  subscribe: (listener) => store.subscribe((state, before) => listener(read(state), read(before))),
});

/** The configuration that is a part of a store's state, and what it was set up as. */
export const steer = <State>(
  store: StoreApi<State>,
  read: (state: State) => ArmConfig,
  change: Steering['change'],
  origin: (state: State) => ArmConfig,
): Steering => ({ ...partOf(store, read), change, origin: partOf(store, origin) });

/** What the controls below act on: where nothing else is said, the bench's selected arm. */
export const SteeringContext = createContext(
  steer(
    useBench,
    (bench) => selectedArm(bench).config,
    changeArm,
    (bench) => selectedArm(bench).origin,
  ),
);

/** Subscribes to a part of the steered configuration. */
export const useSteered = <Part>(select: (config: ArmConfig) => Part): Part =>
  useStore(use(SteeringContext), useShallow(select));

/** Subscribes to a part of what the steered configuration was set up as. */
export const useOrigin = <Part>(select: (config: ArmConfig) => Part): Part =>
  useStore(use(SteeringContext).origin, useShallow(select));

/** What the controls act on, to be read when something is pressed. */
export const useSteering = (): Steering => use(SteeringContext);

/** The way to change the steered configuration. */
export const useSteer = (): Steering['change'] => useSteering().change;
