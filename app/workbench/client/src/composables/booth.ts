import { onBeforeUnmount, onMounted, watch } from 'vue';
import { Refresher } from '@shared/realtime/refresher';
import { api } from '@/api';
import { useCall } from '@/stores/call';
import type { HallChange } from '@/stores/changes';
import { useHall } from '@/stores/hall';
import { useLine } from '@/stores/line';
import { useRules } from '@/stores/rules';
import { useUndo } from '@/stores/undo';
import { t } from '@/texts';
import { toast } from '@/toast';
import { lookSeconds, newsPace } from './pace';
import { play } from './sound';

const FALLBACK_POLL_SECONDS = 5;
const BELL_MS = 2000;
const HINTS = new Set(['interview.changed', 'interview.calling', 'queue.changed', 'fair.changed']);

/** Tells a change at the booth by sound and a sentence. */
export function announce(change: HallChange): void {
  const params = { name: change.name };
  if (change.kind === 'applied') toast.note(t('hall.newApplication', params));
  if (change.kind === 'agreed') toast.good(t('hall.agreed', params));
  if (change.kind === 'declined') toast.note(t('hall.declined', params));
  if (change.kind === 'missed') toast.note(t('hall.missed', params));
  if (change.kind === 'unanswered') toast.note(t('hall.studentRangOut', params));
  if (change.kind === 'answered') void play('answer');
  else void play(change.kind === 'missed' || change.kind === 'unanswered' ? 'missed' : 'arrival');
}

/** Keeps one booth alive: its seat, its screen, its line to the server, and the call that its desk is in. */
export function useBooth(boothId: () => number): { refresh: () => Promise<void> } {
  const hall = useHall();
  const line = useLine();
  const call = useCall();
  const undo = useUndo();
  const rules = useRules();

  const refresher = new Refresher({
    read: () => hall.read(),
    connected: () => line.connected && hall.failure === null && (hall.liveId === null || hall.live !== null),
    renewPresence: () => api.presence('desk'),
    presses: () => true, // few desks, and a line waits at each
    slowSeconds: () => lookSeconds(hall.deskState, hall.screen?.counts.waiting ?? 0),
    pollSeconds: () => (hall.deskState === 'ringing' ? 2 : (hall.screen?.poll_seconds ?? FALLBACK_POLL_SECONDS)),
  });

  const paceOf = (interviewId: unknown) => newsPace(hall.deskState, interviewId === hall.liveId);

  async function sitDown(id: number): Promise<void> {
    line.show('desk', [`booth:${id}`]);
    void line.open(); // without realtime the booth polls
    try {
      await hall.enter(id);
    } catch {
      // the hall shows the failure and the refresher goes on trying
    }
    void refresher.start();
  }

  let bell: ReturnType<typeof setInterval> | undefined;
  /** While a student calls, the desk rings on whatever page of the booth is open. */
  function ringTheBell(on: boolean): void {
    clearInterval(bell);
    if (!on) return;
    void play('calling');
    bell = setInterval(() => void play('calling'), BELL_MS);
  }

  const onVisible = () => {
    if (document.visibilityState !== 'visible') return;
    line.here();
    refresher.soon();
  };

  let stopLine = () => {};
  let stopHall = () => {};
  onMounted(() => {
    stopLine = line.listen(
      ({ kind, payload }) => (kind === 'rtc.signal' ? call.nudge() : HINTS.has(kind) && refresher.soon(kind === 'interview.calling' ? undefined : paceOf(payload.interview_id))),
      (seconds) => refresher.catchUp(seconds),
    );
    stopHall = hall.onChange(announce);
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('online', onVisible);
  });
  onBeforeUnmount(() => {
    refresher.stop();
    ringTheBell(false);
    stopLine();
    stopHall();
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onVisible);
    line.close();
    call.close();
    undo.clear();
    rules.forget();
    hall.leave();
  });

  watch(boothId, (id) => void sitDown(id), { immediate: true });
  watch(boothId, () => (undo.clear(), rules.forget())); // another booth's slips are not this one's
  watch(() => hall.screen, () => undo.tidy());
  // the desk is the truth: a call opens when the server says so, also after a reload
  watch(
    // a student who calls opens nobody's camera before the answer
    () => ((hall.deskState === 'ringing' && !hall.studentCalls) || hall.deskState === 'in_call' ? hall.liveId : null),
    (id) => (id === null ? call.close() : void call.open(id)),
  );
  watch(() => hall.studentCalls, ringTheBell);
  // no page may ring for ever: when the line comes back, read at once
  watch(() => line.connected, () => refresher.soon());

  return { refresh: () => refresher.now() };
}
