import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { browserKeeper } from '@/api/keeper';

const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('@/pages/login.vue'), meta: { open: true } },
  { path: '/recover', name: 'recover', component: () => import('@/pages/recover.vue'), meta: { open: true } },
  { path: '/', name: 'booths', component: () => import('@/pages/booths.vue') },
  { path: '/register', name: 'register', component: () => import('@/pages/register.vue'), meta: { open: true } },
  { path: '/members', name: 'members', component: () => import('@/pages/members.vue') },
  { path: '/fairs', name: 'fairs', component: () => import('@/pages/fairs.vue') },
  { path: '/fairs/:fairId(\\d+)/enrol', name: 'enrol', component: () => import('@/pages/enrol.vue') },
  { path: '/enrolments/:enrolmentId(\\d+)?', name: 'enrolments', component: () => import('@/pages/enrolments.vue') },
  { path: '/settings', name: 'settings', component: () => import('@/pages/settings.vue') },
  {
    path: '/booths/:boothId(\\d+)',
    component: () => import('@/pages/booth.vue'),
    redirect: (to) => ({ name: 'hall', params: to.params }),
    children: [
      { path: 'hall/:interviewId(\\d+)?', name: 'hall', component: () => import('@/pages/hall.vue') },
      { path: 'talents/:studentId(\\d+)?', name: 'talents', component: () => import('@/pages/talents.vue') },
      { path: 'results', name: 'results', component: () => import('@/pages/results.vue') },
      { path: 'devices', name: 'devices', component: () => import('@/pages/devices.vue') },
    ],
  },
  {
    path: '/employers/:employerId(\\d+)?',
    component: () => import('@/pages/employer.vue'),
    children: [
      { path: '', name: 'employer', redirect: (to) => ({ name: 'positions', params: to.params }) },
      { path: 'positions', name: 'positions', component: () => import('@/pages/positions.vue') },
      { path: 'positions/new', name: 'position-new', component: () => import('@/pages/position.vue') },
      { path: 'positions/:positionId(\\d+)', name: 'position', component: () => import('@/pages/position.vue') },
      { path: 'schools', name: 'schools', component: () => import('@/pages/schools.vue') },
    ],
  },
  { path: '/:path(.*)*', name: 'lost', component: () => import('@/pages/lost.vue'), meta: { open: true } },
];

export const router = createRouter({ history: createWebHistory('/desk/'), routes });

// whoever is not logged in comes back to the address they wanted
router.beforeEach((to) => {
  const signedIn = browserKeeper.read() !== null;
  if (!to.meta.open && !signedIn) return { name: 'login', query: { next: to.fullPath } };
  if (to.name === 'login' && signedIn) return safeNext(to.query.next);
  return true;
});

/** Only an address of this application: a foreign one in the link must not lead away. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}
