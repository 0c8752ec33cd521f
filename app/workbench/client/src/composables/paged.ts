import { ref, shallowRef, type Ref } from 'vue';
import { toast } from '@/toast';

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A list that is read page by page; of two reads the later one counts. */
export function usePaged<T, P extends Page<T>>(read: (cursor: string | null) => Promise<P>) {
  const items = shallowRef<T[] | null>(null);
  const page = shallowRef<P | null>(null) as Ref<P | null>;
  const failure = ref<unknown>(null);
  const loading = ref(false);
  let generation = 0;

  async function load(more = false): Promise<void> {
    const mine = ++generation;
    loading.value = true;
    try {
      const fresh = await read(more ? (page.value?.next_cursor ?? null) : null);
      if (mine !== generation) return;
      items.value = more ? [...(items.value ?? []), ...fresh.items] : fresh.items;
      page.value = fresh;
      failure.value = null;
    } catch (error) {
      if (mine !== generation) return;
      failure.value = error;
      if (items.value) toast.problem(error);
    } finally {
      if (mine === generation) loading.value = false;
    }
  }

  return { items, page, failure, loading, load };
}
