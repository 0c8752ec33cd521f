import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue';
import { canCaption, Captioner, TalkLog, type CallMode, type TalkLine } from '@shared/call';
import { stopwatch } from '@shared/format';
import type { CallScreen } from '@shared/api';
import { sideLinks } from '@shared/call/own-room';
import { api } from '@/api';
import { useTick } from '@/composables/seconds';
import { useCall } from '@/stores/call';
import { useHall } from '@/stores/hall';
import { useLine } from '@/stores/line';
import { t } from '@/texts';
import { toast } from '@/toast';

const SOON_SECONDS = 60;
const POLL_MS = 15_000;
const AWAY_POLL_MS = 3000;
/** A page counts as gone after so long without a word (the server's rule). */
const NOTICED_SECONDS = 12;
const CAPTION_MS = 7000;
const READS = new Set(['interview.changed', 'guest.changed']);

/** Everything of a call that is not the picture: mode, typed talk, time box, who is gone, who sits in. */
export function useRoom(interviewId: () => number) {
  const call = useCall();
  const line = useLine();
  const clock = useHall().clock;
  const tick = useTick(500);
  const screen = shallowRef<CallScreen | null>(null);
  const lines = shallowRef<TalkLine[]>([]);
  const talkOpen = ref(false);
  const seen = ref(0);
  const cutAt = ref<number | null>(null);
  /** Whether what the recruiter says is written down for the student; null: not asked for, or not possible here. */
  const captions = ref<boolean | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let gone = false;
  const log = new TalkLog(
    {
      read: async (after) => (await api.talk(interviewId(), after)).items,
      say: (text, isCaption) => api.say(interviewId(), text, isCaption),
    },
    (all) => (lines.value = all),
  );
  const captioner = new Captioner((text) => void log.say(text, true).catch(() => undefined), endCaptions);

  const typed = computed(() => lines.value.filter((one) => !one.mine && !one.is_caption));
  const unread = computed(() => Math.max(0, typed.value.length - seen.value));
  const caption = computed(() => {
    const last = lines.value.filter((one) => one.is_caption && !one.mine).at(-1);
    return last && (tick.value, clock.now()) - Date.parse(last.at) < CAPTION_MS ? last.text : '';
  });
  const boxLeft = computed(() => {
    const end = screen.value?.box_ends_at;
    return end ? Math.round((Date.parse(end) - (tick.value, clock.now())) / 1000) : null;
  });
  const boxSoon = computed(() => boxLeft.value !== null && boxLeft.value <= SOON_SECONDS);
  const boxWords = computed(() => {
    if (boxLeft.value === null) return '';
    return boxLeft.value >= 0 ? t('room.box.left', { time: stopwatch(boxLeft.value) }) : t('room.box.over', { time: stopwatch(-boxLeft.value) });
  });
  const graceWords = computed(() => {
    if (!screen.value) return '';
    if (cutAt.value !== null) {
      const left = Math.ceil(NOTICED_SECONDS + screen.value.grace_seconds - ((tick.value, Date.now()) - cutAt.value) / 1000);
      return left > 0 ? t('room.grace.mine', { n: left }) : '';
    }
    const { grace, side, peer } = screen.value;
    if (!grace || grace.side === side || call.peer.present) return '';
    return t('room.grace.peer', { name: peer.name, n: (tick.value, clock.secondsUntil(grace.until)) });
  });

  async function read(): Promise<void> {
    const id = interviewId();
    try {
      const fresh = await api.callScreen(id);
      if (gone || id !== interviewId()) return;
      clock.learn(fresh.server_now);
      const first = screen.value === null;
      screen.value = fresh;
      if (first) begin(fresh);
      else if (fresh.mode !== call.mode) follow(fresh.mode, false);
      call.meet(sideLinks(fresh));
      await log.read();
    } catch {
      // the next event or look reads it
    }
    plan();
  }

  function plan(): void {
    if (timer) clearTimeout(timer);
    if (!gone) timer = setTimeout(() => void read(), call.peer.present ? POLL_MS : AWAY_POLL_MS);
  }

  function begin(fresh: CallScreen): void {
    talkOpen.value = fresh.access.includes('typed_talk');
    captions.value = fresh.access.includes('captions') ? true : null;
  }

  /** The student waits for captions: whoever speaks has to know that there are none. */
  function endCaptions(): void {
    captions.value = canCaption() ? false : null;
    toast.note(t('room.captions.none'));
  }

  function follow(next: CallMode, byMe: boolean): void {
    void call.setMode(next, byMe);
    if (!byMe) toast.note(t(`room.peerSwitched.${next}`));
  }

  async function switchTo(next: CallMode): Promise<void> {
    try {
      await api.switchMode(interviewId(), next);
      if (call.mode !== next) follow(next, true);
    } catch (error) {
      toast.problem(error);
    }
  }

  async function extend(): Promise<void> {
    try {
      await api.extendTalk(interviewId());
      toast.good(t('room.box.extended'));
      await read();
    } catch (error) {
      toast.problem(error);
    }
  }

  function hear({ kind, payload }: { kind: string; payload: Record<string, unknown> }): void {
    if (Number(payload.interview_id) !== interviewId()) return;
    if (kind === 'talk.message') void log.read().catch(() => undefined);
    else if (kind === 'call.mode' && payload.mode !== call.mode) follow(payload.mode as CallMode, payload.by === screen.value?.side);
    else if (kind === 'call.moved' && payload.hand_over) call.stepBack();
    else if (READS.has(kind)) void read();
  }

  watch(boxSoon, (soon) => soon && (boxLeft.value ?? 0) > 0 && toast.note(t('room.box.soon')));
  watch(() => line.connected, (up) => (cutAt.value = up || !line.everConnected ? null : Date.now()));
  watch(() => call.peer.present, () => void read());
  watch([talkOpen, () => call.mode, typed], () => {
    if (talkOpen.value || call.mode === 'text') seen.value = typed.value.length;
  });
  watch(
    () => captions.value === true && call.mode !== 'text' && !call.muted.audio && call.state === 'connected',
    (listen) => {
      if (!listen) captioner.stop();
      else if (!captioner.start()) endCaptions();
    },
  );

  let stopLine = () => {};
  onMounted(() => {
    stopLine = line.listen(hear, () => void read());
    window.addEventListener('online', call.nudge);
    void read();
  });
  onBeforeUnmount(() => {
    gone = true;
    stopLine();
    window.removeEventListener('online', call.nudge);
    if (timer) clearTimeout(timer);
    captioner.stop();
  });

  return { screen, lines, talkOpen, unread, caption, captions, boxLeft, boxSoon, boxWords, graceWords, read, switchTo, extend, say: (text: string) => log.say(text) };
}
