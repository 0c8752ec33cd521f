import { computed, onBeforeUnmount, reactive, ref, shallowRef } from 'vue';
import type { DeviceState } from '@shared/api';
import type { CameraPreview, MediaFault, MicrophoneMeter } from '@shared/call';
import { api } from '@/api';
import { browserName } from '@/browser-name';
import { usePreferences } from '@/stores/preferences';
import { t } from '@/texts';
import { toast } from '@/toast';

const AUDIBLE = 0.35; // of the meter's 0–1: a voice at arm's length
const REPORTED: Record<MediaFault, DeviceState> = { denied: 'denied', missing: 'missing', insecure: 'failed', busy: 'failed', unsupported: 'failed' };

/** Camera, microphone and speaker before the first call (E08); the devices close when the page goes. */
export function useDeviceCheck() {
  const preferences = usePreferences();
  const found = reactive<Record<'camera' | 'microphone' | 'speaker', DeviceState>>({ camera: 'untested', microphone: 'untested', speaker: 'untested' });
  const faults = reactive<{ camera: MediaFault | null; microphone: MediaFault | null }>({ camera: null, microphone: null });
  const preview = shallowRef<CameraPreview | null>(null);
  const level = ref(0);
  const started = ref(false);
  const playing = ref(false);
  let meter: MicrophoneMeter | null = null;
  let gone = false;

  const passed = computed(() => found.camera === 'ok' && found.microphone === 'ok' && found.speaker === 'ok');

  async function start(): Promise<void> {
    stop();
    started.value = true;
    Object.assign(found, { camera: 'untested', microphone: 'untested', speaker: 'untested' });
    await Promise.all([openCamera(), openMicrophone()]);
  }

  async function openCamera(): Promise<void> {
    const { previewCamera, mediaFault, CallProblem } = await import('@shared/call');
    preview.value?.stop();
    faults.camera = null;
    try {
      const opened = await previewCamera(preferences.chosen.camera || undefined);
      if (gone) return opened.stop();
      preview.value = opened;
      found.camera = 'ok';
    } catch (error) {
      preview.value = null;
      faults.camera = error instanceof CallProblem ? (error.fault as MediaFault) : mediaFault(error);
      found.camera = REPORTED[faults.camera];
    }
  }

  async function openMicrophone(): Promise<void> {
    const { meterMicrophone, mediaFault, CallProblem } = await import('@shared/call');
    meter?.stop();
    faults.microphone = null;
    try {
      const opened = await meterMicrophone(heard, preferences.chosen.microphone || undefined);
      if (gone) return opened.stop();
      meter = opened;
    } catch (error) {
      faults.microphone = error instanceof CallProblem ? (error.fault as MediaFault) : mediaFault(error);
      found.microphone = REPORTED[faults.microphone];
    }
  }

  function heard(now: number): void {
    level.value = now;
    if (now >= AUDIBLE && found.microphone === 'untested') found.microphone = 'ok';
  }

  async function playTone(): Promise<void> {
    const { playTestTone } = await import('@shared/call');
    playing.value = true;
    try {
      await playTestTone();
    } catch {
      found.speaker = 'failed';
    } finally {
      playing.value = false;
    }
  }

  async function answerSpeaker(hears: boolean): Promise<void> {
    found.speaker = hears ? 'ok' : 'failed';
    if (passed.value) preferences.chosen.devicesChecked = true;
    try {
      await api.reportDevices({ ...found, browser: browserName(navigator.userAgent) });
    } catch {
      toast.note(t('devices.saveFailed'));
    }
  }

  function stop(): void {
    preview.value?.stop();
    preview.value = null;
    meter?.stop();
    meter = null;
    level.value = 0;
  }

  onBeforeUnmount(() => {
    gone = true;
    stop();
  });
  return { found, faults, preview, level, started, playing, passed, start, openCamera, openMicrophone, playTone, answerSpeaker };
}
