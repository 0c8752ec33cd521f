import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { isProblem, type Resume, type ResumeContent, type SectionKey } from '@/shared/api';
import { api } from '@/app/api';

export type SaveState = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed';

const PAUSE_MS = 800;

/** The résumé and its autosave: one save at a time, the newest words win, nothing typed is lost on a failed save. */
export const useResume = defineStore('resume', () => {
  const resume = ref<Resume | null>(null);
  const state = ref<SaveState>('clean');
  const lastError = ref<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting: { key: SectionKey; content: ResumeContent[SectionKey] } | null = null;
  let running: Promise<void> | null = null;

  const completeness = computed(() => resume.value?.completeness ?? 0);
  const section = (key: SectionKey) => resume.value?.sections.find((found) => found.key === key) ?? null;

  async function load(): Promise<void> {
    resume.value = await api.resume();
  }

  /** Takes a section's new content; it is stored after a short pause in typing. */
  function edit<K extends SectionKey>(key: K, content: ResumeContent[K]): void {
    waiting = { key, content: JSON.parse(JSON.stringify(content)) as ResumeContent[K] };
    state.value = 'dirty';
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void flush(), PAUSE_MS);
  }

  /** Stores what waits, now: on leaving the page and on the save button. */
  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    while (waiting || running) {
      running ??= saveOne().finally(() => (running = null));
      await running;
      if (state.value === 'failed') return;
    }
  }

  async function saveOne(): Promise<void> {
    const task = waiting;
    if (!task) return;
    waiting = null;
    state.value = 'saving';
    try {
      resume.value = await api.saveResumeSection(task.key, task.content, resume.value?.version);
      lastError.value = null;
      state.value = waiting ? 'dirty' : 'saved';
    } catch (error) {
      lastError.value = error;
      if (isProblem(error, 'resume-changed')) await load().catch(() => undefined);
      // what was typed stays on the page and is sent with the next save
      waiting ??= task;
      state.value = 'failed';
    }
  }

  function settle(): void {
    if (state.value === 'saved') state.value = 'clean';
  }

  return { resume, state, lastError, completeness, section, load, edit, flush, settle };
});
