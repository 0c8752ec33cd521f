import type { Row, Verdict } from '@shared/api';
import { CommandUnderWay, useHall } from '@/stores/hall';
import { t, word } from '@/texts';
import { toast } from '@/toast';
import { drafts } from './autosave';

/** What the keys and the buttons of the hall do, with one sentence for how it went. */
export function useHallCommands() {
  const hall = useHall();

  async function told(run: () => Promise<unknown>, good?: () => string): Promise<boolean> {
    try {
      await run();
      if (good) toast.good(good());
      return true;
    } catch (error) {
      if (!(error instanceof CommandUnderWay)) toast.problem(error);
      return false;
    }
  }

  const nameOf = (id: number) => hall.find(id)?.student.name ?? '';
  /** The row below takes the selection when a row leaves its list. */
  function neighbour(id: number): number | null {
    const tab = hall.tabOf(id);
    const rows: Row[] = tab ? (hall.screen?.[tab] ?? []) : [];
    const at = rows.findIndex((row) => row.id === id);
    return rows[at + 1]?.id ?? rows[at - 1]?.id ?? null;
  }

  return {
    neighbour,
    accept: (id: number) => told(() => hall.act(id, 'accept'), () => t('hall.accepted', { name: nameOf(id) })),
    reject: (id: number, reason: string) => told(() => hall.reject(id, reason), () => t('hall.rejected', { name: nameOf(id) })),
    nudge: (id: number) => told(() => hall.act(id, 'nudge'), () => t('hall.nudged')),
    ringNext: () => told(() => hall.ringNext()),
    ring: (id: number) => told(() => hall.ring(id)),
    cancelRing: (id: number) => told(() => hall.act(id, 'cancel-ring')),
    hangUp: (id: number) => told(() => hall.act(id, 'hang-up')),
    async conclude(id: number, verdict: Verdict, remark: string): Promise<boolean> {
      const name = nameOf(id);
      const done = await told(() => hall.conclude(id, verdict, remark), () => t('hall.concluded', { name, verdict: word('verdict', verdict) }));
      if (done) drafts.drop(drafts.key('remark', id));
      return done;
    },
  };
}
