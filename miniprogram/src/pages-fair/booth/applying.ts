import { onShow } from '@dcloudio/uni-app';
import { ref, type Ref } from 'vue';
import { isProblem, type Refusal, type Ticket } from '@/shared/api';
import { clockTime } from '@/shared/format';
import { leadsOn, refusalOf } from '@/shared/queue/offers';
import { api } from '@/app/api';
import { say, sayProblem } from '@/app/feedback';
import { ensureSignedIn } from '@/app/guard';
import { t } from '@/app/i18n';
import { go } from '@/app/navigate';
import { askAt, prepareAsks } from '@/app/subscriptions';
import { useInterviews } from '@/stores/interviews';

export type Step = 'none' | 'confirm' | 'offers';
type Wish = { anyway?: boolean; slot_at?: string };

/** Applying, step by step: confirm; when the line is hopeless the offers; the device test on the way, once a day. */
export function useApplying(boothId: Ref<number>, answered: (ticket: Ticket | null) => void) {
  const step = ref<Step>('none');
  const position = ref<number | null>(null);
  const refusal = ref<Refusal | null>(null);
  /** The server wants a device test first: the same sheet stays open meanwhile. */
  const untested = ref(false);
  const busy = ref(false);

  onShow(() => {
    // back from the device test: the server says whether it was passed
    untested.value = false;
  });

  function begin(positionId: number | null) {
    position.value = positionId;
    refusal.value = null;
    step.value = 'confirm';
    prepareAsks('apply');
  }

  async function send(wish: Wish = {}) {
    // WeChat shows its question only directly in the tap
    void askAt('apply');
    if (!(await ensureSignedIn())) return;
    busy.value = true;
    try {
      const ticket = await api.applyForInterview(boothId.value, { position_id: position.value, ...wish });
      step.value = 'none';
      say(wish.slot_at ? t('line.offers.taken', { time: clockTime(wish.slot_at) }) : t('fair.booth.applied'));
      useInterviews().put(ticket);
      answered(ticket);
    } catch (error) {
      explain(error, wish);
      answered(null);
    } finally {
      busy.value = false;
    }
  }

  function explain(error: unknown, wish: Wish) {
    const refused = refusalOf(error);
    if (refused) {
      refusal.value = refused;
      step.value = 'offers';
      return;
    }
    if (isProblem(error, 'device-untested')) {
      untested.value = true;
      return;
    }
    if (wish.slot_at && refusal.value) {
      // somebody was quicker: this time is gone, the others may still be there
      refusal.value = { ...refusal.value, offers: refusal.value.offers.filter((offer) => offer.kind !== 'slot' || offer.slot_at !== wish.slot_at) };
    }
    // shut meanwhile: the page below says so, and where to go instead
    if (isProblem(error) && leadsOn(error.code)) step.value = 'none';
    sayProblem(error);
  }

  const close = () => (step.value = 'none');
  return { step, position, refusal, untested, busy, begin, send, close, test: () => go('device') };
}
