import { useEffect } from 'react';
import { readAddress } from '../lib/address';
import { isMissing } from '../lib/support';
import { Formula } from '../story/Formula';
import { MissingGpu } from '../messages/MissingGpu';
import { SteeringContext } from '../state/steering';
import { useSupport } from '../state/support';
import '../styles/plane.css';
import { PlaneCharts } from './charts/PlaneCharts';
import { PlaneContext } from './context';
import { readDrawn } from './lib/kept';
import { Designs } from './parts/Designs';
import { Moments } from './parts/Moments';
import { PlaneControls } from './parts/PlaneControls';
import { PlaneHero, SimpleTask } from './parts/PlaneHero';
import { PlaneMessages } from './parts/PlaneMessages';
import { PlaneRunBar } from './parts/PlaneRunBar';
import { Stage } from './parts/Stage';
import { PlaneSession } from './session';
import { PLANE_STEERING, useSetup } from './state/setup';

const makeWorker = (): Worker =>
  new Worker(new URL('../../worker/mixture/worker.ts', import.meta.url), {
    type: 'module',
    name: 'plane',
  });

const plane = new PlaneSession(makeWorker);
const { batch } = readAddress(new URL(window.location.href));
useSetup.setState({ own: readDrawn(), ...(batch === null ? {} : { batch }) });

/** The method on points of the plane, where every score is known exactly. */
export const Plane = () => {
  const support = useSupport((state) => state.support);
  const missing = isMissing(support);
  useEffect(() => () => plane.leave(), []);
  return (
    <PlaneContext value={plane}>
      <SteeringContext value={PLANE_STEERING}>
        <div className="story">
          <PlaneHero />
          <Formula of="point" />
        </div>
        {missing ? <MissingGpu support={support} /> : <PlaneRunBar />}
        <div className="plane" data-still={missing}>
          <PlaneMessages />
          <div className="plane-main">
            <Designs />
            {!missing && <Moments />}
            <Stage />
            <SimpleTask />
          </div>
          {!missing && <PlaneControls />}
          {!missing && <PlaneCharts />}
        </div>
      </SteeringContext>
    </PlaneContext>
  );
};
