import { describe, expect, it } from 'vitest';
import { FlowMeter } from '@/shared/call/flow';
import { Watchdog } from '@/shared/call/watchdog';

const timing = { stalledAfter: 6000, unreachableAfter: 45_000 };

describe('watchdog', () => {
  it('never rebuilds while the peer is not there', () => {
    const dog = new Watchdog(timing);
    for (let now = 0; now < 300_000; now += 500) expect(dog.look(now, false, false)).toBe('wait');
    expect(dog.isUnreachable(300_000)).toBe(false);
  });

  it('rebuilds after silence with growing patience', () => {
    const dog = new Watchdog(timing);
    const rebuilt: number[] = [];
    for (let now = 0; now <= 60_000; now += 500) if (dog.look(now, false, true) === 'rebuild') rebuilt.push(now);
    expect(rebuilt).toEqual([6000, 15_000, 27_000, 42_000, 57_000]);
  });

  it('starts anew when media flowed in between', () => {
    const dog = new Watchdog(timing);
    dog.look(0, false, true);
    dog.look(5000, true, true);
    dog.look(5500, false, true);
    expect(dog.look(11_000, false, true)).toBe('wait');
    expect(dog.look(11_500, false, true)).toBe('rebuild');
  });

  it('gives a connection that the other side replaced its own time', () => {
    const dog = new Watchdog(timing);
    dog.look(0, false, true);
    dog.rebuilt(5000);
    expect(dog.look(6000, false, true)).toBe('wait');
    expect(dog.look(11_000, false, true)).toBe('rebuild');
  });

  it('tells after 45 s that nothing comes through, and forgets it once something does', () => {
    const dog = new Watchdog(timing);
    dog.look(0, false, true);
    expect(dog.isUnreachable(44_999)).toBe(false);
    expect(dog.isUnreachable(45_000)).toBe(true);
    dog.look(46_000, true, true);
    expect(dog.isUnreachable(100_000)).toBe(false);
  });
});

describe('flow of media', () => {
  const counters = (framesDecoded: number, packetsReceived: number) => ({ framesDecoded, packetsReceived });

  it('is seen in a rise, not in a number', () => {
    const meter = new FlowMeter(1500);
    expect(meter.look(counters(900, 4000), 0)).toBe(false);
    expect(meter.look(counters(900, 4000), 500)).toBe(false);
    expect(meter.look(counters(900, 4001), 1000)).toBe(true);
  });

  it('outlives short silence and ends after its patience', () => {
    const meter = new FlowMeter(1500);
    meter.look(counters(0, 0), 0);
    meter.look(counters(5, 50), 500);
    expect(meter.look(counters(5, 50), 2000)).toBe(true);
    expect(meter.look(counters(5, 50), 2001)).toBe(false);
  });

  it('does not take a new connection for a rise', () => {
    const meter = new FlowMeter(1500);
    meter.look(counters(0, 0), 0);
    meter.look(counters(5, 5), 500);
    meter.reset();
    expect(meter.look(counters(9, 9), 600)).toBe(false);
  });
});
