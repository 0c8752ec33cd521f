import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '@shared/design/tokens.css';
import '@/styles/base.css';
import '@/styles/tdesign.css';
import { whenSignedOut } from '@/api';
import { onSessionElsewhere } from '@/api/keeper';
import App from '@/app.vue';
import { router } from '@/router';
import { usePreferences } from '@/stores/preferences';
import { useSession } from '@/stores/session';

const app = createApp(App).use(createPinia()).use(router);
usePreferences().followSystem();

function toLogin(): void {
  const { meta, fullPath } = router.currentRoute.value;
  if (!meta.open) void router.replace({ name: 'login', query: { next: fullPath, ended: '1' } });
}

const session = useSession();
whenSignedOut(() => {
  session.reread();
  toLogin();
});
onSessionElsewhere(() => {
  session.reread();
  if (!session.signedIn) toLogin();
});

app.mount('#app');
