import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { chosenScheme } from './scheme';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.DESK_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  base: '/desk/',
  plugins: [chosenScheme(), vue()],
  resolve: {
    alias: { '@': here('./src'), '@shared': here('../../../miniprogram/src/shared') },
    // the shared files live beside the phone client, whose own Vue is another version
    dedupe: ['vue', 'pinia', 'agora-rtc-sdk-ng'],
  },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: { output: { manualChunks: { vue: ['vue', 'vue-router', 'pinia'] } } },
  },
  server: { proxy: { '/api': server }, fs: { allow: [here('.'), here('../../../miniprogram')] } },
});
