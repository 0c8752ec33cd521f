/** Our own line icons, 24 × 24, drawn as CSS masks so that they take the text's colour on both targets. */
const PATHS: Record<string, string> = {
  resume: '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h4"/>',
  fair: '<path d="M4 10h16v10H4zM3 10l2-6h14l2 6M9 20v-5h6v5"/>',
  video: '<rect x="3" y="6" width="12" height="12" rx="3"/><path d="m15 11 6-3.5v9L15 13"/>',
  'video-off': '<path d="M11 6h1a3 3 0 0 1 3 3v2l6-3.5v9M15 15a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V9a3 3 0 0 1 1.500-2.600M3 3l18 18"/>',
  mic: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>',
  'mic-off': '<path d="M9 9v2a3 3 0 0 0 4.500 2.600M15 10V6a3 3 0 0 0-5.800-1.100M5 11a7 7 0 0 0 11 5.700M19 11a7 7 0 0 1-.5 2.600M12 18v3M3 3l18 18"/>',
  flip: '<path d="M4 9a8 8 0 0 1 14-3l2 2M20 4v4h-4M20 15a8 8 0 0 1-14 3l-2-2M4 20v-4h4"/>',
  phone: '<path d="M5 3h4l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2"/>',
  'phone-down': '<path d="M3 14c5-5 13-5 18 0l-2 3-4-2v-3c-2-.7-4-.7-6 0v3l-4 2z"/>',
  speaker: '<path d="M4 9h4l5-4v14l-5-4H4zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11"/>',
  search: '<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>',
  bell: '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21h4"/>',
  user: '<circle cx="12" cy="8" r="4"/><path d="M4 21a8 8 0 0 1 16 0"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
  pin: '<path d="M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12z"/><circle cx="12" cy="9" r="2.500"/>',
  check: '<path d="m5 12.500 5 5 9-11"/>',
  'check-round': '<circle cx="12" cy="12" r="9"/><path d="m8 12.500 3 3 5-6"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  alert: '<path d="M12 4 2.500 20h19zM12 10v4M12 17v.5"/>',
  'wifi-off': '<path d="M2 9a15 15 0 0 1 4-2.500M22 9a15 15 0 0 0-11-4M5.500 12.500A10 10 0 0 1 9 10.500M18.500 12.500A10 10 0 0 0 15 10.700M9 16a4.500 4.500 0 0 1 6 0M12 19.500v.1M3 3l18 18"/>',
  right: '<path d="m9 5 7 7-7 7"/>',
  left: '<path d="m15 5-7 7 7 7"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  trash: '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>',
  edit: '<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3"/>',
  eye: '<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>',
  scan: '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M4 12h16"/>',
  shield: '<path d="M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6z"/><path d="m9 12 2 2 4-4.500"/>',
  building: '<path d="M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3"/>',
  people: '<circle cx="9" cy="8" r="3.500"/><path d="M2.500 20a6.500 6.500 0 0 1 13 0M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500a6.500 6.500 0 0 1 3.500 5.500"/>',
  hourglass: '<path d="M6 3h12M6 21h12M7 3c0 5 4 6 5 9-1 3-5 4-5 9M17 3c0 5-4 6-5 9 1 3 5 4 5 9"/>',
  mail: '<rect x="3" y="5" width="18" height="14" rx="3"/><path d="m4 8 8 6 8-6"/>',
  desktop: '<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M8 20h8M12 16v4"/>',
  globe: '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
  exit: '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
  note: '<path d="M5 3h14v12l-5 6H5zM19 15h-5v6M9 8h6M9 12h4"/>',
  link: '<path d="M10 14a4 4 0 0 1 0-5.500l3-3a4 4 0 0 1 5.500 5.500L17 12.500M14 10a4 4 0 0 1 0 5.500l-3 3A4 4 0 0 1 5.500 13L7 11.500"/>',
  hand: '<path d="M7 12V6a1.500 1.500 0 0 1 3 0v5M10 10V4.500a1.500 1.500 0 0 1 3 0V11M13 10.500V6a1.500 1.500 0 0 1 3 0v6M16 9a1.500 1.500 0 0 1 3 0v5a7 7 0 0 1-7 7c-4 0-5.500-2-8-7a1.500 1.500 0 0 1 2.500-1.500L7 14"/>',
  star: '<path d="m12 3.500 2.600 5.400 5.900.800-4.300 4.100 1.100 5.900L12 16.900l-5.300 2.800 1.100-5.900L3.500 9.700l5.900-.800z"/>',
  'star-full': '<path fill="#000" d="m12 3.500 2.600 5.400 5.900.800-4.300 4.100 1.100 5.900L12 16.900l-5.300 2.800 1.100-5.900L3.500 9.700l5.900-.800z"/>',
  bolt: '<path d="M13 3 5 13.500h6L10 21l8-10.500h-6z"/>',
  calendar: '<rect x="4" y="5" width="16" height="15" rx="3"/><path d="M4 10h16M8.500 3v4M15.500 3v4"/>',
  scale: '<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.500 6.500a2.800 2.800 0 0 0 5 0zM19 7l-2.500 6.500a2.800 2.800 0 0 0 5 0z"/>',
  message: '<path d="M4 5h16v11H9.500L5 19.500V16H4zM8 9h8M8 12h5"/>',
  more: '<circle cx="5.500" cy="12" r="1.200" fill="#000"/><circle cx="12" cy="12" r="1.200" fill="#000"/><circle cx="18.500" cy="12" r="1.200" fill="#000"/>',
  send: '<path d="M21 3 10.500 13.500M21 3l-6.500 18-4-7.500L3 9.500z"/>',
  refresh: '<path d="M20 5v5h-5M4 19v-5h5M19 10a7.500 7.500 0 0 0-13-3L4 9M5 14a7.500 7.500 0 0 0 13 3l2-2"/>',
};

export type IconName = keyof typeof PATHS;

const drawn = new Map<string, string>();

export function iconMask(name: string): string {
  const known = drawn.get(name);
  if (known) return known;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="1.8" ' +
    `stroke-linecap="round" stroke-linejoin="round">${PATHS[name] ?? ''}</svg>`;
  const url = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  drawn.set(name, url);
  return url;
}
