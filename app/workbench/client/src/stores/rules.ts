import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { BoothLine, LineChange } from '@shared/api';
import { api } from '@/api';
import { useHall } from './hall';
import { useUndo } from './undo';

const UNDO_MS = 15_000;
export type Rule = keyof LineChange;

/** The change that leads from the line as it was back to it; null where the students have been told already. */
export function wayBack(change: LineChange, before: BoothLine, now: number): LineChange | null {
  if (change.notice) return null;
  const back: LineChange = {};
  if (change.closed !== undefined) back.closed = before.closed;
  if (change.quota !== undefined) back.quota = before.quota;
  if (change.windows !== undefined) back.windows = before.windows;
  if (change.wanted !== undefined) back.wanted = before.wanted;
  if (change.talk_minutes !== undefined) back.talk_minutes = before.talk_minutes;
  if (change.late_minutes !== undefined) back.late_minutes = minutesUntil(before.late_until, now);
  return Object.keys(back).length ? back : null;
}

/** Whole minutes until a moment, 0 when it is past or was never set. */
export function minutesUntil(iso: string | null, now: number): number {
  return iso ? Math.max(0, Math.ceil((Date.parse(iso) - now) / 60_000)) : 0;
}

/** The rules of this booth's line: one change at a time, each with a way back where there is one. */
export const useRules = defineStore('rules', () => {
  const hall = useHall();
  const undo = useUndo();
  const open = ref(false);
  const saving = ref<Rule | null>(null);
  const failure = shallowRef<unknown>(null);
  /** The rule whose change failed, so that its own form says so. */
  const failed = ref<Rule | null>(null);

  const line = computed(() => hall.screen?.line ?? null);
  const isLate = computed(() => line.value?.late_until != null && Date.parse(line.value.late_until) > hall.clock.now());

  async function send(change: LineChange): Promise<void> {
    const boothId = hall.boothId;
    if (boothId === null) return;
    hall.takeLine(await api.changeLine(boothId, change));
  }

  /** Saves one change; answers whether it stands. *told* is the sentence beside the undo. */
  async function save(change: LineChange, told: string): Promise<boolean> {
    const before = line.value;
    if (!before || saving.value) return false;
    const rule = Object.keys(change)[0] as Rule;
    saving.value = rule;
    failure.value = failed.value = null;
    try {
      await send(change);
    } catch (error) {
      failure.value = error;
      failed.value = rule;
      return false;
    } finally {
      saving.value = null;
    }
    const back = wayBack(change, before, hall.clock.now());
    const key = `line:${rule}`;
    if (back) undo.offer({ key, text: told, until: Date.now() + UNDO_MS, take: () => send(back) });
    else undo.drop(key); // an older way back would lead past this change
    return true;
  }

  function forget(): void {
    open.value = false;
    failure.value = failed.value = null;
  }

  return { open, saving, failure, failed, line, isLate, save, forget };
});
