import type { Row, Verdict } from '@shared/api';
import { api } from '@/api';
import { CommandUnderWay, useHall } from '@/stores/hall';
import { useUndo } from '@/stores/undo';
import { t, word } from '@/texts';
import { toast } from '@/toast';
import { drafts } from './autosave';

/** What a result form hands in: the result that is owed, and what may go with it. */
export interface Outcome {
  verdict: Verdict;
  remark: string;
  /** Words of an invitation to the next round; null: none is sent. */
  secondRound: string | null;
  /** How the student turned up; null: skipped. */
  rating: { stars: number; tags: string[] } | null;
}

/** What the keys and the buttons of the hall do, with one sentence for how it went. */
export function useHallCommands() {
  const hall = useHall();
  const undo = useUndo();

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
    const left = rows.filter((row) => row.id === id || row.status !== 'dismissed');
    const at = left.findIndex((row) => row.id === id);
    return left[at + 1]?.id ?? left[at - 1]?.id ?? null;
  }

  /** Rejects, and keeps the way back open for as long as the fair allows. */
  async function reject(id: number, code: string, reason: string): Promise<boolean> {
    const name = nameOf(id);
    if (!(await told(() => hall.reject(id, code, reason)))) return false;
    const seconds = hall.clock.secondsUntil(hall.find(id)?.undo_until ?? null);
    if (!seconds) toast.good(t('hall.rejected', { name }));
    else undo.offer({
      key: `reject:${id}`, text: t('hall.rejected', { name }), until: Date.now() + seconds * 1000,
      take: () => takeBack(id), stands: () => hall.find(id)?.status === 'dismissed',
    });
    return true;
  }

  async function takeBack(id: number): Promise<boolean> {
    const done = await told(() => hall.act(id, 'take-back'), () => t('hall.takenBack', { name: nameOf(id) }));
    if (done) undo.drop(`reject:${id}`);
    return done;
  }

  /** The result first; what goes with it may fail by itself without losing the result. */
  async function conclude(id: number, { verdict, remark, secondRound, rating }: Outcome): Promise<boolean> {
    const name = nameOf(id);
    const done = await told(() => hall.conclude(id, verdict, remark), () => t('hall.concluded', { name, verdict: word('verdict', verdict) }));
    if (!done) return false;
    drafts.drop(drafts.key('remark', id));
    if (rating) await told(() => api.rateAttendance(id, { ...rating, comment: '' }));
    if (secondRound !== null) await inviteAgain(id, secondRound);
    return true;
  }

  async function inviteAgain(id: number, message: string): Promise<boolean> {
    const name = nameOf(id);
    return told(() => hall.inviteAgain(id, message), () => t('hall.invitedAgain', { name }));
  }

  async function transfer(id: number, deskId: number | null, label: string): Promise<boolean> {
    const name = nameOf(id);
    return told(() => hall.transfer(id, deskId), () => (deskId === null ? t('transfer.doneAny', { name }) : t('transfer.done', { name, desk: label })));
  }

  return {
    neighbour,
    accept: (id: number) => told(() => hall.act(id, 'accept'), () => t('hall.accepted', { name: nameOf(id) })),
    reject,
    takeBack,
    conclude,
    inviteAgain,
    transfer,
    nudge: (id: number) => told(() => hall.act(id, 'nudge'), () => t('hall.nudged')),
    ringNext: () => told(() => hall.ringNext()),
    ring: (id: number) => told(() => hall.ring(id)),
    cancelRing: (id: number) => told(() => hall.act(id, 'cancel-ring')),
    takeCall: (id: number) => told(() => hall.act(id, 'take-call')),
    turnDown: (id: number) => told(() => hall.act(id, 'turn-down'), () => t('hall.turnedDown', { name: nameOf(id) })),
    hangUp: (id: number) => told(() => hall.act(id, 'hang-up')),
  };
}
