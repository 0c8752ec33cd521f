import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, isProblem } from '@/api';
import type { ChoiceOfSchool, Position, PositionDetails } from '@/api/employer';
import { blank, detailsOf, differs, gapsOf, tidy, todayInChina, type Field, type Gaps } from '@/position-rules';

/** One posting as it is written. */
export const usePosition = defineStore('position', () => {
  const employer = shallowRef<{ id: number; name: string } | null>(null);
  const position = shallowRef<Position | null>(null);
  const schools = shallowRef<ChoiceOfSchool[]>([]);
  const saved = shallowRef<PositionDetails>(blank());
  const draft = ref<PositionDetails>(blank());
  const failure = ref<unknown>(null);
  const isReady = ref(false);
  const busy = ref(false);
  const gaps = ref<Gaps>({});
  let opened = 0;

  const status = computed(() => position.value?.status ?? 'draft');
  const mayEdit = computed(() => status.value !== 'pending');
  const changed = computed(() => differs(saved.value, draft.value));
  /** Schools that count anew once saved: settled again after the position was aimed there. */
  const stale = computed(() => schools.value.filter((one) => one.settled && !one.shown && saved.value.school_ids.includes(one.id)).map((one) => one.id));
  const isChanged = computed(() => changed.value.text || changed.value.schools);

  async function open(employerId: number, positionId: number | null): Promise<void> {
    const mine = ++opened;
    isReady.value = false;
    failure.value = null;
    try {
      const screen = await api.positionForm(employerId, positionId);
      if (mine !== opened) return;
      employer.value = screen.employer;
      schools.value = screen.schools;
      adopt(screen.position);
      isReady.value = true;
    } catch (error) {
      if (mine === opened) failure.value = error;
    }
  }

  function adopt(fresh: Position | null): void {
    position.value = fresh;
    saved.value = fresh ? detailsOf(fresh) : blank();
    draft.value = structuredClone(saved.value);
    gaps.value = {};
  }

  /** Whether the posting may be sent on as it stands; what is missing is marked. */
  function isComplete(isDraft = false): boolean {
    gaps.value = gapsOf(draft.value, todayInChina(), isDraft);
    return Object.keys(gaps.value).length === 0;
  }
  const correct = (field: Field) => {
    if (gaps.value[field]) gaps.value = { ...gaps.value, [field]: undefined };
  };

  /** One command at a time; fields that the server names are marked. */
  async function command(act: (employerId: number) => Promise<Position>): Promise<Position> {
    busy.value = true;
    try {
      const fresh = await act((employer.value as { id: number }).id);
      adopt(fresh);
      return fresh;
    } catch (error) {
      if (isProblem(error)) mark(error.fieldErrors());
      throw error;
    } finally {
      busy.value = false;
    }
  }

  function mark(faults: Record<string, string>): void {
    for (const pointer of Object.keys(faults)) {
      const field = pointer.replace(/^#\//, '').split('/')[0] as Field;
      if (field in draft.value) gaps.value = { ...gaps.value, [field]: gaps.value[field] ?? 'form.gapField' };
    }
  }

  async function write(employerId: number): Promise<Position> {
    const body = tidy(draft.value);
    if (!position.value) return api.draftPosition(employerId, body);
    return api.savePosition(employerId, position.value.id, { ...body, version: position.value.version });
  }

  const save = () => command(write);
  /** A draft is saved first; a failed submission leaves it saved. */
  const submit = () => command(async (employerId) => {
    if (!position.value || isChanged.value) adopt(await write(employerId));
    const { id, version } = position.value as Position;
    return api.submitPosition(employerId, id, version);
  });
  const recall = () => command((employerId) => api.recallPosition(employerId, (position.value as Position).id));
  const retarget = () => command(async (employerId) => {
    const fresh = await api.retargetPosition(employerId, (position.value as Position).id, tidy(draft.value).school_ids);
    schools.value = schools.value.map((one) => ({ ...one, shown: one.settled && fresh.school_ids.includes(one.id) }));
    return fresh;
  });

  return { employer, position, schools, draft, failure, isReady, busy, gaps, status, mayEdit, changed, stale, isChanged, open, isComplete, correct, save, submit, recall, retarget };
});
