import { Pause, Play, SkipForward } from 'lucide-react';
import { Slider, ToggleGroup } from 'radix-ui';
import { useEffect, useMemo } from 'react';
import { stopsOf } from '../lib/history';
import { lookAt, playOn, togglePlaying, useTimeline } from '../state/timeline';

/** Milliseconds that a moment is shown at the usual speed: a long run takes eight seconds. */
const MOMENT = 125;

/** Shows one moment after another while the run is played. */
const usePlayback = (): void => {
  const playing = useTimeline((state) => state.playing);
  const speed = useTimeline((state) => state.speed);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(playOn, MOMENT / speed);
    return () => clearInterval(timer);
  }, [playing, speed]);
};

const SpeedChoice = () => {
  const speed = useTimeline((state) => state.speed);
  return (
    <ToggleGroup.Root
      type="single"
      className="speed"
      aria-label="Speed"
      value={String(speed)}
      onValueChange={(value) => {
        if (value !== '') useTimeline.setState({ speed: value === '4' ? 4 : 1 });
      }}
    >
      {['1', '4'].map((value) => (
        <ToggleGroup.Item key={value} value={value} aria-label={`${value} times`}>
          {value}x
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
};

/** Scrubs all arms' grids back through the run, and plays it. */
export const Timeline = () => {
  const histories = useTimeline((state) => state.histories);
  const at = useTimeline((state) => state.at);
  const playing = useTimeline((state) => state.playing);
  const stops = useMemo(() => stopsOf([...histories.values()]), [histories]);
  usePlayback();
  const last = stops.length - 1;
  const place =
    at === null
      ? last
      : Math.max(
          0,
          stops.findLastIndex((stop) => stop <= at),
        );
  const [shown = 0, newest = 0] = [stops[place], stops[last]];
  const idle = last < 1;
  const words = at === null ? `now, iteration ${newest}` : `iteration ${shown} of ${newest}`;
  return (
    <div className="timeline" role="group" aria-label="Timeline" data-past={at !== null}>
      <button
        type="button"
        className="icon-button"
        aria-label={playing ? 'Hold the time-lapse' : 'Play the run as a time-lapse'}
        title={playing ? 'Hold' : 'Play the run so far'}
        disabled={idle}
        onClick={() => togglePlaying()}
      >
        {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
      </button>
      <Slider.Root
        className="slider"
        value={[Math.max(place, 0)]}
        min={0}
        max={Math.max(last, 1)}
        step={1}
        disabled={idle}
        onValueChange={([next = last]) => lookAt(next >= last ? null : (stops[next] ?? null))}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label="Moment of the run"
          aria-valuetext={words}
          aria-describedby="timeline-hint"
        />
      </Slider.Root>
      <SpeedChoice />
      <button
        type="button"
        className="button quiet"
        disabled={at === null}
        onClick={() => lookAt(null)}
      >
        <SkipForward aria-hidden /> Live
      </button>
      <p className="timeline-words" data-testid="timeline">
        {idle ? 'The past of these grids gathers here as they train.' : words}
      </p>
      <p className="hint" id="timeline-hint">
        {idle ? '' : 'Up to 64 moments are kept, half of them from the first quarter of the run.'}
      </p>
    </div>
  );
};
