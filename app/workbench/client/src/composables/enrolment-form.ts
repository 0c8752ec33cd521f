import { computed, ref, shallowRef } from 'vue';
import type { BookingScreen, Interviewer, Enrolment } from '@shared/api';
import { api } from '@/api';
import { isChoosable } from '@/floor-plan';
import { isFine, tidy } from '@/interviewers';

/** One employer's form for one fair: what is filled in here, and what the server keeps of it. */
export function useEnrolmentForm(fairId: () => number) {
  const screen = shallowRef<BookingScreen | null>(null);
  const failure = ref<unknown>(null);
  const saving = ref(false);
  const place = ref<number | null>(null);
  const positions = ref<number[]>([]);
  const people = ref<Interviewer[]>([]);
  let kept = '';

  const draft = computed(() => (screen.value?.enrolment?.status === 'draft' ? screen.value.enrolment : null));
  const needsPlace = computed(() => screen.value?.plan.some(({ state }) => state === 'free' || state === 'mine') ?? false);
  const lacks = computed(() => ({
    place: needsPlace.value && place.value === null,
    positions: !positions.value.length,
    people: !tidy(people.value).length || !isFine(people.value),
  }));
  const isComplete = computed(() => !Object.values(lacks.value).some(Boolean));

  const body = () => ({ place_id: place.value, position_ids: [...positions.value].sort((a, b) => a - b), interviewers: tidy(people.value) });

  function adopt(enrolment: Enrolment | null): void {
    place.value = enrolment?.place?.id ?? null;
    positions.value = enrolment?.positions.filter((one) => one.is_approved).map(({ id }) => id) ?? [];
    people.value = enrolment?.interviewers.map((one) => ({ ...one })) ?? [];
    // as the server has it: a position that is not approved any more is new, for it has to go
    kept = JSON.stringify({
      place_id: place.value,
      position_ids: enrolment?.positions.map(({ id }) => id).sort((a, b) => a - b) ?? [],
      interviewers: enrolment?.interviewers ?? [],
    });
  }

  /** Reads everything; what is being filled in stays, unless it is another form. */
  async function load(employerId?: number): Promise<void> {
    const before = draft.value?.id;
    try {
      screen.value = await api.booking(fairId(), employerId);
      failure.value = null;
      if (!draft.value || draft.value.id !== before) adopt(draft.value);
      if (!screen.value.plan.some((one) => one.id === place.value && isChoosable(one))) place.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  async function begin(): Promise<void> {
    if (!screen.value) return;
    const enrolment = await api.startEnrolment(fairId(), screen.value.employer.id);
    screen.value = { ...screen.value, enrolment };
    adopt(enrolment);
  }

  /** Keeps what is filled in, if anything is new; a row with a fault waits. */
  async function save(): Promise<void> {
    if (!draft.value || !isFine(people.value)) return;
    const now = body();
    if (JSON.stringify(now) === kept) return;
    saving.value = true;
    try {
      const enrolment = await api.saveEnrolment(draft.value.id, now);
      kept = JSON.stringify(now);
      if (screen.value) screen.value = { ...screen.value, enrolment };
    } finally {
      saving.value = false;
    }
  }

  async function submit(): Promise<Enrolment | null> {
    if (!draft.value) return null;
    await save();
    return api.submitEnrolment(draft.value.id);
  }

  return { screen, failure, saving, place, positions, people, draft, needsPlace, lacks, isComplete, load, begin, save, submit };
}
