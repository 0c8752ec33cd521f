import { nextTick, watch, type Ref } from 'vue';

/**
 * Shows a stream in a real `<video>` inside the given element: uni-app turns `<video>` in a template into its own
 * player, which takes addresses, not streams.
 */
export function useMediaView(host: Ref<unknown>, stream: Ref<MediaStream | null>, options: { muted: boolean; mirrored?: boolean; whole?: boolean }): void {
  let video: HTMLVideoElement | null = null;

  function element(): HTMLVideoElement | null {
    const holder = host.value as (HTMLElement & { $el?: HTMLElement }) | null;
    const place = holder?.$el ?? holder;
    if (!place) return null;
    if (!video) {
      video = document.createElement('video');
      video.autoplay = true;
      video.playsInline = true;
      video.muted = options.muted;
      video.className = `media-view${options.mirrored ? ' media-view--mirrored' : ''}${options.whole ? ' media-view--whole' : ''}`;
    }
    if (video.parentElement !== place) place.appendChild(video);
    return video;
  }

  watch(
    [host, stream],
    async () => {
      await nextTick();
      const shown = element();
      if (!shown) return;
      if (shown.srcObject !== stream.value) shown.srcObject = stream.value;
      // a browser may refuse sound before a tap; the picture then starts muted and a tap on it gives the sound
      if (stream.value) void shown.play().catch(() => undefined);
    },
    { immediate: true, flush: 'post' },
  );
}
