import { afterEach, describe, expect, it } from 'vitest';
import { createApp, h, nextTick, ref, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { BookingScreen, FairToBook, OfferedPosition, PlanPlace, Enrolment } from '@shared/api';
import FairToBookCard from '@/components/booking/fair-to-book.vue';
import FloorPlan from '@/components/booking/floor-plan.vue';
import PositionChoice from '@/components/booking/position-choice.vue';
import EnrolmentCard from '@/components/booking/enrolment-card.vue';
import { useEnrolmentForm } from '@/composables/enrolment-form';
import { server } from './fixtures';

const mounted: (() => void)[] = [];
afterEach(() => mounted.splice(0).forEach((unmount) => unmount()));

function show(component: Component, props: Record<string, unknown>): HTMLElement {
  const root = document.body.appendChild(document.createElement('div'));
  const names = ['hall', 'enrol', 'enrolments'];
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => null } },
      ...names.map((name) => ({ path: `/${name}/:boothId?/:fairId?/:enrolmentId?`, name, component: { render: () => null } })),
    ],
  });
  const app = createApp({ render: () => h(component, props) });
  app.use(router).mount(root);
  mounted.push(() => {
    app.unmount();
    root.remove();
  });
  return root;
}
const buttons = (root: HTMLElement) => [...root.querySelectorAll('button')].map((one) => one.textContent?.trim() ?? '');

const FAIR: FairToBook = {
  id: 1, name: '春季双选会', host: '江海大学', starts_at: '2027-03-27T01:00:00Z', ends_at: '2027-03-27T10:00:00Z', phase: 'upcoming', daily_opens: '', daily_closes: '',
  level: 'provincial', mode: 'live', booking: 'open', bookings_open_at: '2027-03-16T00:00:00Z', bookings_close_at: '2027-03-24T09:30:00Z', doors_open_at: '2027-03-27T00:30:00Z',
  contact_employer: '', changes_directly: false, admitted: 3, most_employers: 300, mine: [],
};
const POSITION: OfferedPosition = { id: 7, title: '后端工程师', city: '杭州', headcount: 3, majors: '', status: 'published', is_approved: true };
const place = (id: number, state: PlanPlace['state'], name = ''): PlanPlace => ({ id, number: `A0${id}`, area: 'A', row: 1, col: id, note: '', state, employer_name: name });
const ENROLMENT: Enrolment = {
  id: 5, status: 'draft', fair: FAIR, employer: { id: 2, name: '远航科技' }, place: null, positions: [POSITION], interviewers: [{ name: '周敏', title: '', phone: '' }], answer: '', rank: null,
  booth_id: null, booth_number: null, created_at: '2027-03-16T01:00:00Z', submitted_at: null, decided_at: null, change: null, may: { edit: true, change: false, withdraw: true, enter: false },
};

describe('a fair to book', () => {
  const card = (change: Partial<FairToBook>, namesEmployers = false) => show(FairToBookCard, { fair: { ...FAIR, ...change }, namesEmployers });
  const employer = { id: 2, name: '远航科技' };

  it('offers its button inside the window [B05]', () => {
    const root = card({});
    expect(buttons(root)).toEqual(['报名参会']);
    expect(root.textContent).toContain('3月16日 08:00 至 3月24日 17:30');
    expect(root.textContent).toContain('省级');
    expect(root.textContent).toContain('线上视频');
  });

  it.each([
    ['switched_off', '未开放单位预定'],
    ['not_yet', '报名尚未开始'],
    ['over', '报名已截止'],
    ['postponed', '双选会已延期'],
  ] as const)('has no button when booking is %s, and says why [B05]', (booking, why) => {
    const root = card({ booking });
    expect(buttons(root)).toEqual([]);
    expect(root.textContent).toContain(why);
  });

  it('tells that it is full, and still takes who would wait [B08]', () => {
    expect(card({ admitted: 300 }).textContent).toContain('名额已满，可报名候补');
  });

  it('leads to what the employer has there [B10, B11]', () => {
    const mine = { employer, enrolment_id: 5, status: 'approved' as const, booth_id: 9, booth_status: 'open' as const };
    expect(buttons(card({ mine: [mine] }))).toEqual(['进入大厅', '查看报名']);
    expect(buttons(card({ mine: [{ ...mine, status: 'draft', booth_id: null, booth_status: null }] }))).toEqual(['继续填写']);
    expect(buttons(card({ mine: [{ ...mine, status: 'rejected', booth_id: null, booth_status: null }] }))).toEqual(['重新报名', '查看报名']);
    expect(buttons(card({ mine: [{ ...mine, status: 'disqualified', booth_status: 'disqualified' }] }))).toEqual(['查看报名']);
  });
});

describe('the floor plan on the page', () => {
  function plan() {
    const chosen = ref<number | null>(null);
    const root = show({ render: () => h(FloorPlan, { plan: [place(1, 'free'), place(2, 'taken', '百川医药'), place(3, 'reserved'), place(4, 'held')], modelValue: chosen.value, 'onUpdate:modelValue': (id: number | null) => (chosen.value = id) }) }, {});
    const spots = () => [...root.querySelectorAll<HTMLButtonElement>('[role=radio]')];
    return { chosen, root, spots };
  }

  it('lets a free place be chosen and given up, and no other [B07]', async () => {
    const { chosen, root, spots } = plan();
    for (const n of [1, 2, 3]) spots()[n].click();
    expect(chosen.value).toBeNull();
    spots()[0].click();
    await nextTick();
    expect(chosen.value).toBe(1);
    expect(root.textContent).toContain('已选展位 A01');
    expect(spots()[0].getAttribute('aria-checked')).toBe('true');
    spots()[0].click();
    expect(chosen.value).toBeNull();
  });

  it('says to everybody who or what has a place, in words [B07]', () => {
    const labels = plan().spots().map((one) => one.getAttribute('aria-label'));
    expect(labels).toEqual(['展位 A01，可选', '展位 A02，百川医药', '展位 A03，主办方预留', '展位 A04，审核中']);
  });

  it('is one stop of the tab key, walked with arrows', async () => {
    const { spots } = plan();
    const stops = () => spots().filter((one) => one.tabIndex === 0).map((one) => one.dataset.place);
    expect(stops()).toEqual(['1']);
    spots()[0].focus();
    spots()[0].dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await nextTick();
    await nextTick();
    expect(stops()).toEqual(['2']);
    expect((document.activeElement as HTMLElement).dataset.place).toBe('2');
  });
});

describe('the positions to bring', () => {
  it('say why one that is not approved cannot come [C06]', () => {
    const root = show(PositionChoice, { positions: [POSITION, { ...POSITION, id: 8, title: '草稿岗', is_approved: false }], modelValue: [] });
    const boxes = [...root.querySelectorAll<HTMLInputElement>('input')];
    expect(boxes.map((one) => one.disabled)).toEqual([false, true]);
    expect(root.textContent).toContain('通过审核后才能参会');
  });
});

describe('one of my enrolments', () => {
  const card = (change: Partial<Enrolment>) => show(EnrolmentCard, { enrolment: { ...ENROLMENT, ...change }, open: true, namesEmployer: false, busy: false });

  it('shows the notice and the way into the hall once it is approved [B10, B11]', () => {
    const root = card({ status: 'approved', booth_id: 9, booth_number: 'A01', may: { edit: false, change: true, withdraw: true, enter: true } });
    expect(root.textContent).toContain('展位号：A01');
    expect(buttons(root)).toEqual(['进入大厅', '收起', '打印参会通知', '申请变更', '退出报名']);
  });

  it('tells the reason and what else there is when it was not approved [B08]', () => {
    const root = card({ status: 'rejected', answer: '专业不匹配', may: { edit: false, change: false, withdraw: false, enter: false } });
    expect(root.textContent).toContain('专业不匹配');
    expect(root.textContent).toContain('日常网络招聘');
    expect(buttons(root)).toEqual(['收起']);
  });

  it('offers to take back a change that waits, instead of another [B09]', () => {
    const change = { id: 1, status: 'pending' as const, positions: [], interviewers: [], note: '换人', answer: '', asked_at: '2027-03-20T01:00:00Z' };
    const root = card({ status: 'approved', change, may: { edit: false, change: false, withdraw: true, enter: false } });
    expect(buttons(root)).toContain('撤回变更申请');
    expect(buttons(root)).not.toContain('申请变更');
  });
});

describe('the form', () => {
  const screen = (enrolment: Enrolment | null, plan: PlanPlace[] = [place(1, 'free')]): BookingScreen => ({
    fair: FAIR, employers: [{ id: 2, name: '远航科技' }], enrolment, plan, positions: [POSITION],
    employer: { id: 2, name: '远航科技', uscc: '', nature: '', industry: '', size: '', city: '', introduction: '' },
  });

  it('keeps only what is new, and hands in what is whole [B06, C09]', async () => {
    let kept = ENROLMENT;
    const asked = server({
      'GET /screens/recruiter/fairs/1/booking': () => ({ body: screen(kept) }),
      'PUT /enrolments/5': () => ({ body: (kept = { ...kept, place: { id: 1, number: 'A01', area: 'A' } }) }),
      'POST /enrolments/5/submit': () => ({ body: { ...kept, status: 'pending' } }),
    });
    const form = useEnrolmentForm(() => 1);
    await form.load();
    await form.save();
    expect(asked.filter(({ route }) => route.startsWith('PUT'))).toHaveLength(0);
    expect(form.isComplete.value).toBe(false);
    form.place.value = 1;
    expect(form.isComplete.value).toBe(true);
    expect((await form.submit())?.status).toBe('pending');
    expect(asked.find(({ route }) => route.startsWith('PUT'))?.body).toEqual({ place_id: 1, position_ids: [7], interviewers: [{ name: '周敏', title: '', phone: '' }] });
  });

  it('forgets a place that somebody else took meanwhile, and a position that lost its approval [B07, C06]', async () => {
    const old = { ...ENROLMENT, place: { id: 1, number: 'A01', area: 'A' }, positions: [POSITION, { ...POSITION, id: 8, is_approved: false }] };
    const asked = server({
      'GET /screens/recruiter/fairs/1/booking': () => ({ body: screen(old, [place(1, 'taken'), place(2, 'free')]) }),
      'PUT /enrolments/5': () => ({ body: ENROLMENT }),
    });
    const form = useEnrolmentForm(() => 1);
    await form.load();
    expect([form.place.value, form.positions.value]).toEqual([null, [7]]);
    expect(form.lacks.value.place).toBe(true);
    await form.save();
    expect(asked.at(-1)?.body).toMatchObject({ place_id: null, position_ids: [7] });
  });
});
