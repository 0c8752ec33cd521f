/** Calls beside the main one: each colleague who sits in is met in a room of its own, with the same devices. */
import { createCall } from './call';
import type { Call, CallMode, CallOptions } from './types';

export interface SideLink {
  /** student, recruiter or guest:7. */
  seat: string;
  name: string;
  room: string;
}

export interface SideView extends SideLink {
  stream: MediaStream | null;
}

export type SideWire = (room: string) => Pick<CallOptions, 'credentials' | 'sync' | 'pulse' | 'loadAgora'>;

export class SideCalls {
  private readonly calls = new Map<string, { call: Call; view: SideView }>();

  constructor(
    private readonly wire: SideWire,
    private readonly onViews: (views: SideView[]) => void,
  ) {}

  /** Holds a call for each link, and for no other room. */
  meet(links: SideLink[], main: Call | null): void {
    const rooms = new Set(main ? links.map(({ room }) => room) : []);
    for (const [room, { call }] of this.calls) {
      if (rooms.has(room)) continue;
      call.close();
      this.calls.delete(room);
    }
    if (main) for (const link of links) if (!this.calls.has(link.room)) this.begin(link, main);
    this.tell();
  }

  setMode(mode: CallMode): void {
    for (const { call } of this.calls.values()) void call.setMode(mode, false);
  }

  /** Says again what is muted: the devices are the main call's. */
  muted(): void {
    for (const { call } of this.calls.values()) {
      call.setMuted('audio', call.muted.audio);
      call.setMuted('video', call.muted.video);
    }
  }

  nudge(): void {
    for (const { call } of this.calls.values()) call.nudge();
  }

  close(): void {
    for (const { call } of this.calls.values()) call.close();
    this.calls.clear();
  }

  private begin(link: SideLink, main: Call): void {
    const view: SideView = { ...link, stream: null };
    const call = createCall({
      ...this.wire(link.room),
      mode: main.mode,
      beside: main,
      onRemoteStream: (stream) => {
        view.stream = stream;
        this.tell();
      },
    });
    this.calls.set(link.room, { call, view });
    void call.start();
  }

  private tell(): void {
    this.onViews([...this.calls.values()].map(({ view }) => ({ ...view })));
  }
}
