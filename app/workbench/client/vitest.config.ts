import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vite.config';

export default mergeConfig(
  base,
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['tests/**/*.test.ts'],
      restoreMocks: true,
      server: { deps: { inline: ['tdesign-vue-next'] } }, // its modules import style sheets, which Node cannot
    },
  }),
);
