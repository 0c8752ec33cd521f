import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { RecruiterHall } from '@/shared/api';
import type { RealtimeEvent } from '@/shared/realtime/socket';
import { api } from '@/app/api';
import { onRealtime } from '@/app/realtime';

export interface Called {
  id: number;
  booth: number;
  name: string;
  expires: string;
}

/** A student who is next calls this recruiter's desk: it rings on whatever page is open (E13). */
export const useCalled = defineStore('called', () => {
  const call = ref<Called | null>(null);
  const busy = ref<'take-call' | 'turn-down' | null>(null);
  let stopListening: (() => void) | null = null;

  function hear({ kind, payload }: RealtimeEvent): void {
    if (kind === 'interview.calling') {
      call.value = { id: Number(payload.interview_id), booth: Number(payload.booth_id), name: String(payload.student_name ?? ''), expires: String(payload.expires_at) };
    } else if (kind === 'interview.changed' && payload.interview_id === call.value?.id && payload.status !== 'ringing') call.value = null;
  }

  /** What the hall says of its desk: a page whose socket is cut rings as well, and one that is late falls silent. */
  function learn(hall: RecruiterHall): void {
    const row = hall.desk?.state === 'ringing' ? hall.waiting.find((one) => one.id === hall.desk?.interview_id) : undefined;
    if (row?.called_by === 'student' && row.ring_expires_at) call.value = { id: row.id, booth: hall.booth.id, name: row.student.name, expires: row.ring_expires_at };
    else if (call.value?.booth === hall.booth.id) call.value = null;
  }

  /** Answers the student, or says "not now"; whatever came of it, it rings no more. */
  async function act(verb: 'take-call' | 'turn-down'): Promise<number | null> {
    const one = call.value;
    if (!one || busy.value) return null;
    busy.value = verb;
    try {
      await api.actOnInterview(one.id, verb);
      return one.id;
    } finally {
      busy.value = null;
      if (call.value?.id === one.id) call.value = null;
    }
  }

  function start(): void {
    stopListening ??= onRealtime(hear, () => undefined);
  }

  function stop(): void {
    stopListening?.();
    stopListening = null;
    call.value = null;
  }

  return { call, busy, start, stop, learn, act, hear };
});
