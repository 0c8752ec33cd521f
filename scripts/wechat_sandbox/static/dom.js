// Elements from plain calls: texts of people never become markup.

/** Make an element: h("button", {class: "row", onclick: go}, "text", child). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child != null && child !== false));
  return element;
}

const PATHS = {
  chat: "M4 11.500C4 7.900 7.600 5 12 5s8 2.900 8 6.500S16.400 18 12 18c-.900 0-1.800-.100-2.600-.400L6 19l.800-2.700A6 6 0 0 1 4 11.500z",
  compass: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM15.500 8.500l-2 5-5 2 2-5z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c.500-4 3.500-6 7.500-6s7 2 7.500 6z",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  bell: "M6 16V11a6 6 0 1 1 12 0v5l1.500 2h-15zM10 20.500h4",
  tick: "M5 12.500l4.500 4.500L19 7.500",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
};

/** A line icon. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", PATHS[name]);
  for (const [key, value] of [["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "1.6"],
    ["stroke-linejoin", "round"], ["stroke-linecap", "round"]]) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

/** A person's square picture: the first sign of the name. */
export const face = (person) =>
  h("span", { class: "face", style: `background:${person.colour}` }, [...person.nickname][0] ?? "微");

/** A coloured square with an icon. */
export const tile = (name, colour) => h("span", { class: "tile", style: `background:${colour}` }, icon(name));

/** Ask the sandbox; its refusal is an Error with Chinese words. */
export async function ask(method, path, body) {
  const isPicture = body instanceof Blob;
  const answer = await fetch(path, {
    method,
    headers: body ? { "Content-Type": isPicture ? body.type || "image/png" : "application/json" } : {},
    body: body && (isPicture ? body : JSON.stringify(body)),
  });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(found.error || "沙箱没有回应");
  return found;
}

let hiding;
/** A short word in the middle of the screen. */
export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 2200);
}

/** When, as WeChat writes it: 09:05, 昨天 09:05, 3月27日 09:05. */
export function when(seconds, now) {
  const [then, today] = [new Date(seconds * 1000), new Date(now * 1000)];
  const clock = then.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 864e5);
  if (days === 0) return clock;
  return days === 1 ? `昨天 ${clock}` : `${then.getMonth() + 1}月${then.getDate()}日 ${clock}`;
}
