import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue';
import { TalkLog, type TalkLine } from '@/shared/call/talklog';
import type { CallMode } from '@/shared/call/types';
import { stopwatch } from '@/shared/format';
import type { CallScreen } from '@/shared/api';
import { api } from '@/app/api';
import { say, sayProblem } from '@/app/feedback';
import { t } from '@/app/i18n';
import { cut, onRealtime, serverClock } from '@/app/realtime';
import { useNow } from '@/composables/now';

const SOON_MS = 60_000;
/** A page counts as gone after so long without a word (the server's rule). */
const NOTICED_MS = 12_000;
const CAPTION_SECONDS = 7;

export interface RoomEvents {
  /** The call goes on with another device of this person. */
  moved(handOver: number | null): void;
}

/** Everything of a call that is not the picture: mode, typed talk, time box, who is gone. */
export function useRoom(interviewId: Ref<number>, call: Ref<CallScreen | null>, events: RoomEvents) {
  const now = useNow();
  const mode = ref<CallMode>('video');
  const mine = ref(true);
  const lines = shallowRef<TalkLine[]>([]);
  const talkOpen = ref(false);
  const seen = ref(0);
  const peerPresent = ref(true);
  /** Whether what this person says is written down for the other side; null: not asked for, or not possible here. */
  const captions = ref<boolean | null>(null);
  const cutAt = ref<number | null>(null);
  let known = false;

  const log = new TalkLog(
    {
      read: async (after) => (await api.talk(interviewId.value, after)).items,
      say: (text, isCaption) => api.say(interviewId.value, text, isCaption),
    },
    (all) => (lines.value = all),
  );

  const inCall = computed(() => call.value?.status === 'in_call');
  const typed = computed(() => lines.value.filter((line) => !line.is_caption && !line.mine));
  const unread = computed(() => Math.max(0, typed.value.length - seen.value));
  const large = computed(() => call.value?.side === 'student' && call.value.access.includes('large_type'));
  const caption = computed(() => {
    const last = lines.value.filter((line) => line.is_caption && !line.mine).slice(-1)[0];
    return last && now.value - Date.parse(last.at) < CAPTION_SECONDS * 1000 ? last.text : '';
  });
  const boxLeft = computed(() => (call.value?.box_ends_at && inCall.value ? Date.parse(call.value.box_ends_at) - now.value : null));
  const boxSoon = computed(() => boxLeft.value !== null && boxLeft.value <= SOON_MS);
  const boxWords = computed(() => {
    if (boxLeft.value === null) return '';
    const seconds = Math.round(boxLeft.value / 1000);
    return seconds >= 0 ? t('room.box.left', { time: stopwatch(seconds) }) : t('room.box.over', { time: stopwatch(-seconds) });
  });
  const graceWords = computed(() => {
    if (!inCall.value || !call.value) return '';
    if (cutAt.value !== null) {
      const left = Math.ceil((cutAt.value + NOTICED_MS + call.value.grace_seconds * 1000 - now.value) / 1000);
      return left > 0 ? t('room.grace.mine', { n: left }) : '';
    }
    const { grace, side, peer } = call.value;
    if (!grace || grace.side === side || peerPresent.value) return '';
    return t('room.grace.peer', { name: peer.name, n: serverClock.secondsUntil(grace.until) });
  });

  watch(boxSoon, (soon) => soon && (boxLeft.value ?? 0) > 0 && say(t('room.box.soon')));
  watch(cut, (isCut) => (cutAt.value = isCut ? now.value : null), { immediate: true });
  watch([talkOpen, mode, typed], () => {
    if (talkOpen.value || mode.value === 'text') seen.value = typed.value.length;
  });
  watch(call, (screen) => {
    if (!screen) return;
    if (!known) begin(screen);
    else if (screen.mode !== mode.value) follow(screen.mode, false);
    if (inCall.value) void log.read().catch(() => undefined); // the next hint reads it
  });

  function begin(screen: CallScreen): void {
    known = true;
    mode.value = screen.mode;
    talkOpen.value = screen.access.includes('typed_talk');
    captions.value = screen.access.includes('captions') ? true : null;
  }

  /** The other side waits for captions: whoever speaks has to know that there are none. */
  function endCaptions(again: boolean): void {
    captions.value = again ? false : null;
    say(t('room.captions.none'));
  }

  function follow(next: CallMode, byMe: boolean): void {
    mine.value = byMe;
    mode.value = next;
    if (!byMe) say(t(`room.peerSwitched.${next}`));
  }

  async function switchTo(next: CallMode): Promise<void> {
    try {
      await api.switchMode(interviewId.value, next);
      if (mode.value !== next) follow(next, true);
    } catch (error) {
      sayProblem(error);
    }
  }

  async function extend(): Promise<void> {
    try {
      await api.extendTalk(interviewId.value);
      say(t('room.box.extended'));
    } catch (error) {
      sayProblem(error);
    }
  }

  const stop = onRealtime(
    ({ kind, payload }) => {
      if (Number(payload.interview_id) !== interviewId.value) return;
      if (kind === 'talk.message') void log.read().catch(() => undefined);
      else if (kind === 'call.mode' && payload.mode !== mode.value) follow(payload.mode as CallMode, payload.by === call.value?.side);
      else if (kind === 'call.moved') events.moved(payload.hand_over ? Number(payload.hand_over) : null);
    },
    () => void log.read().catch(() => undefined),
  );
  onUnmounted(stop);

  return {
    mode, mine, lines, talkOpen, unread, large, caption, captions, boxWords, boxSoon, graceWords, peerPresent,
    switchTo, extend, endCaptions, say: (text: string) => log.say(text), keepCaption: (text: string) => log.say(text, true).catch(() => undefined),
  };
}
