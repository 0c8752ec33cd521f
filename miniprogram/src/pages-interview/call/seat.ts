import { computed, ref, type Ref } from 'vue';
import { ownRoom, sideLinks } from '@/shared/call/own-room';
import { Problem, type CallScreen } from '@/shared/api';
import { api } from '@/app/api';
import { sayProblem } from '@/app/feedback';
import { carriesGuests } from './sit-in';

export type GuestVerb = 'join' | 'leave';

/** Where somebody sits in a call: a party in the main room, a guest in a room of their own once they have come in. */
export function useSeat(call: Ref<CallScreen | null>, error: Ref<unknown>, load: () => Promise<void>) {
  const answering = ref<GuestVerb | null>(null);
  const isGuest = computed(() => call.value?.side === 'guest');
  const room = computed(() => (call.value && isGuest.value ? ownRoom(call.value) : ''));
  const links = computed(() => (call.value ? sideLinks(call.value) : []));
  const joined = computed(() => call.value?.guests.some((guest) => guest.mine && guest.joined) ?? false);
  /** A guest who was asked and has not come in; in the mini-program nobody can. */
  const asked = computed(() => isGuest.value && call.value?.status === 'in_call' && !(joined.value && carriesGuests));
  const seated = computed(() => !isGuest.value || (joined.value && carriesGuests && room.value !== ''));
  /** The server knows this person as a guest no more: the call is over, or went on with somebody else. */
  const sentHome = computed(() => isGuest.value && error.value instanceof Problem && error.value.status === 403);

  /** Says whether it worked. */
  async function answer(verb: GuestVerb): Promise<boolean> {
    if (!call.value || answering.value) return false;
    answering.value = verb;
    try {
      await api.actAsGuest(call.value.interview_id, verb);
      return true;
    } catch (problem) {
      sayProblem(problem);
      return false;
    } finally {
      await load();
      answering.value = null;
    }
  }

  return { answering, isGuest, room, links, asked, seated, sentHome, answer };
}
