// The phone: one person, their chats, a scanner, their subscriptions.
import { ask, face, h, icon, tile, toast, when } from "./dom.js";
import { scanner } from "./scanner.js";
import { subscriptions } from "./subscriptions.js";

const screen = document.getElementById("screen");
const sheet = document.getElementById("sheet");
const banner = document.getElementById("banner");
const CHANNELS = { subscribe: "服务通知", template: "服务号", sms: "短信" };
const FACES = { subscribe: ["bell", "#2f80ed"], template: ["mail", "#07c160"], sms: ["chat", "#f59e0b"] };

export const phone = { state: null, at: "chats", seen: new Set(), drawn: "" };

/** Open a page in "WeChat's browser": a window of its own, the size of a phone. */
export function open(address) {
  const wide = window.innerWidth > 480;
  const shape = wide ? "popup,width=390,height=844" : "";
  const opened = window.open(address, wide ? `wechat-${phone.state.me.id}` : "_blank", shape);
  if (opened) return opened.focus?.();
  show("可以打开了", h("p", {}, "浏览器拦住了新窗口，请点下面的按钮。"),
    h("a", { class: "main", href: address, target: "_blank" }, "打开页面"));
}

/** A sheet from below. */
export function show(title, ...content) {
  const close = () => { sheet.hidden = true; };
  sheet.onclick = (event) => event.target === sheet && close();
  sheet.replaceChildren(h("div", { role: "dialog", "aria-label": title }, h("h3", {}, title), content,
    h("button", { class: "main quiet", onclick: close }, "关闭")));
  sheet.hidden = false;
}

/** Try something; what the sandbox refuses is said. */
export async function attempt(work) {
  try { return await work(); } catch (fault) { toast(fault.message); return undefined; }
}

export const bar = (title, back, end) => h("div", { class: "bar" },
  back ? h("button", { onclick: () => go(back), "aria-label": "返回" }, "‹") : h("span"),
  h("h2", {}, title), end ?? h("span"));

export function go(at) {
  phone.at = at;
  phone.drawn = "";
  draw();
}

function tabs(current) {
  const unread = phone.state.messages.filter((message) => !message.read).length;
  const tab = (at, name, label, count) => h("button", {
    "aria-current": at === current && "page", onclick: () => go(at), "data-test": `tab-${at}` },
    icon(name), label, count ? h("span", { class: "badge" }, String(count)) : null);
  return h("nav", { class: "tabs" }, tab("chats", "chat", "微信", unread),
    tab("find", "compass", "发现"), tab("me", "person", "我"));
}

function menu() {
  const box = h("div", { class: "menu" },
    h("button", { onclick: () => go("scan"), "data-test": "scan" }, "扫一扫"),
    h("button", { onclick: () => go("subscriptions") }, "订阅消息"));
  setTimeout(() => document.addEventListener("click", () => box.remove(), { once: true }));
  screen.parentElement.append(box);
}

function chats() {
  const { messages, service, now } = phone.state;
  const rows = Object.entries(CHANNELS).flatMap(([channel, label]) => {
    const own = messages.filter((message) => message.channel === channel);
    const last = own.at(-1);
    if (!last && !(channel === "template" && service.followed)) return [];
    const unread = own.filter((message) => !message.read).length;
    const words = last ? [last.title, last.rows[0]?.[1] ?? ""].join(channel === "sms" ? "" : "：") : "你已关注该服务号";
    return [{ at: last?.sent_at ?? 0, row: h("button", {
      class: "row", onclick: () => go(`talk-${channel}`), "data-test": `chat-${channel}` },
      tile(...FACES[channel]),
      h("span", { class: "grow" }, h("b", {}, channel === "template" ? service.name : label), h("small", {}, words)),
      h("span", { class: "end" }, last ? when(last.sent_at, now) : "",
        unread ? h("span", { class: "badge" }, String(unread)) : null)) }];
  }).sort((one, other) => other.at - one.at).map((entry) => entry.row);
  const nothing = h("div", { class: "empty" }, icon("chat"), "还没有消息。扫一扫进入双选会，允许订阅后，通知会出现在这里。");
  const plus = h("button", { onclick: menu, "aria-label": "更多", "data-test": "plus" }, "＋");
  return [bar("微信", null, plus), h("div", { class: "page" }, rows.length ? h("div", { class: "group" }, rows) : nothing),
    tabs("chats")];
}

function talk(channel) {
  const { messages, service, mini, now } = phone.state;
  const own = messages.filter((message) => message.channel === channel);
  if (own.some((message) => !message.read)) attempt(() => ask("POST", "/phone/read", { channel })).then(refresh);
  const cards = own.map((message) => [
    h("div", { class: "when" }, when(message.sent_at, now)),
    channel === "sms" ? bubble(message) : h("button", { class: "card", onclick: () => tap(message), "data-test": `message-${message.id}` },
      h("header", {}, h("span", { class: "dot" }, "双"), channel === "subscribe" ? mini.name : service.name),
      h("h3", {}, message.title),
      h("dl", {}, message.rows.flatMap(([label, text]) => [h("dt", {}, label), h("dd", {}, text)])),
      message.opens ? h("footer", { class: "chevron" }, message.page ? "进入小程序查看" : "查看详情") : null)]);
  const page = h("div", { class: "page" }, h("div", { class: "talk" },
    cards.length ? cards : h("div", { class: "empty" }, icon("mail"), "这里还没有消息")));
  requestAnimationFrame(() => { page.scrollTop = page.scrollHeight; });
  return [bar(channel === "template" ? service.name : CHANNELS[channel], "chats"), page];
}

/** An SMS: plain words, with the link that stands in every template. */
const bubble = (message) => h("button", { class: "bubble", onclick: () => tap(message), "data-test": `message-${message.id}` },
  message.title, message.rows[0][1]);

function tap(message) {
  if (message.opens) open(message.opens);
  attempt(() => ask("POST", `/phone/messages/${message.id}/tap`, {})).then(refresh);
}

const entry = (name, colour, label, act, end, test) => h("button", { class: "row", onclick: act, "data-test": test },
  tile(name, colour), h("b", { class: "grow" }, label), h("span", { class: "end chevron" }, end ?? ""));

function find() {
  const { mini } = phone.state;
  const waiting = phone.state.templates.reduce((sum, template) => sum + template.accepts, 0);
  return [bar("发现"), h("div", { class: "page" },
    h("div", { class: "group" }, entry("scan", "#3b82f6", "扫一扫", () => go("scan"), "", "find-scan")),
    h("div", { class: "group" },
      entry("link", "#8b5cf6", `小程序「${mini.name}」`, () => open(mini.opens), "", "open-mini"),
      entry("bell", "#f59e0b", "订阅消息", () => go("subscriptions"), `可收 ${waiting} 条`, "find-subscriptions"))), tabs("find")];
}

function me() {
  const { me: owner, service } = phone.state;
  const follow = () => attempt(async () => {
    await ask("POST", "/phone/follow", { follow: !service.followed });
    toast(service.followed ? "已取消关注" : "已关注");
    await refresh();
  });
  const takeSms = () => attempt(async () => {
    await ask("POST", "/phone/sms", { wanted: !phone.state.sms.wanted });
    await refresh();
  });
  const own = (label, text) => h("div", { class: "row" }, h("span", { class: "grow" }, h("b", {}, label), h("small", {}, text)));
  return [bar("我"), h("div", { class: "page" },
    h("div", { class: "group profile row" }, face(owner),
      h("span", { class: "grow" }, h("b", {}, owner.nickname), h("small", {}, owner.title))),
    h("div", { class: "group" }, own("手机号", owner.phone), own("在小程序中的标识 openid", owner.openid)),
    h("div", { class: "group" }, h("div", { class: "row" },
      h("span", { class: "grow" }, h("b", {}, `关注「${service.name}」`), h("small", {}, "关注后可收到服务号消息")),
      h("button", { class: "switch", role: "switch", "aria-checked": String(service.followed), "aria-label": "关注服务号", onclick: follow, "data-test": "follow" })),
      h("div", { class: "row" },
        h("span", { class: "grow" }, h("b", {}, "接收短信"), h("small", {}, "关闭后运营商不再投递，相当于退订")),
        h("button", { class: "switch", role: "switch", "aria-checked": String(phone.state.sms.wanted), "aria-label": "接收短信", onclick: takeSms, "data-test": "take-sms" }))),
    h("div", { class: "group" }, entry("person", "#10b981", "换一位用户", () => go("people"), "", "change-person"))), tabs("me")];
}

function people() {
  const box = h("div", { class: "page" }, h("p", { class: "caption" }, "这部手机是谁的？"));
  attempt(async () => {
    const { people: all } = await ask("GET", "/phone/people");
    const pick = (id) => attempt(async () => { await ask("PUT", "/phone/me", { id }); await begin(); });
    const row = (person) => h("button", { class: "row", onclick: () => pick(person.id), "data-test": `person-${person.id}` },
      face(person), h("span", { class: "grow" }, h("b", {}, person.nickname), h("small", {}, person.title)),
      h("span", { class: "end chevron" }));
    const nickname = h("input", { class: "field", placeholder: "昵称", maxlength: 16, "aria-label": "昵称" });
    const number = h("input", { class: "field", placeholder: "手机号（可不填）", inputmode: "numeric", maxlength: 11, "aria-label": "手机号" });
    const add = () => attempt(async () => {
      await ask("POST", "/phone/people", { nickname: nickname.value, phone: number.value });
      await begin();
    });
    box.append(h("div", { class: "group" }, all.map(row)), h("p", { class: "caption" }, "或者注册一位新用户"),
      h("form", { class: "group form", onsubmit: (event) => { event.preventDefault(); add(); } }, nickname, number,
        h("button", { class: "main" }, "注册并使用")));
  });
  return [bar("选择微信用户", phone.state && "me"), box];
}

const SCREENS = { chats, find, me, people, scan: scanner, subscriptions };

export function draw() {
  const own = SCREENS[phone.at] ?? (() => talk(phone.at.slice(5)));
  const mark = JSON.stringify([phone.at, phone.state?.messages, phone.state?.templates, phone.state?.service, phone.state?.sms]);
  if (mark === phone.drawn) return;
  phone.drawn = mark;
  screen.replaceChildren(...own());
}

function announce(message) {
  banner.replaceChildren(tile(...FACES[message.channel]), h("span", { class: "grow" },
    h("b", {}, message.title), h("small", {}, message.rows.map(([, text]) => text).join(" · "))));
  banner.onclick = () => { banner.hidden = true; go(`talk-${message.channel}`); };
  banner.hidden = false;
  setTimeout(() => { banner.hidden = true; }, 6000);
}

/** Fetch what happened, and draw it if it changed something. */
export async function refresh() {
  const state = await ask("GET", "/phone/state");
  if (!state.me) return go("people");
  const fresh = state.messages.filter((message) => !phone.seen.has(message.id));
  const known = phone.state !== null;
  phone.state = state;
  fresh.forEach((message) => phone.seen.add(message.id));
  const unread = state.messages.filter((message) => !message.read).length;
  document.title = `${unread ? `(${unread}) ` : ""}${state.me.nickname}的微信 · 沙箱`;
  document.getElementById("clock").textContent = when(state.now, state.now);
  if (known && fresh.length && !phone.at.startsWith("talk")) announce(fresh.at(-1));
  if (!["people", "scan"].includes(phone.at)) draw();
}

async function begin() {
  Object.assign(phone, { state: null, at: "chats", seen: new Set(), drawn: "" });
  await attempt(refresh);
}

await begin();
setInterval(() => { if (phone.state && !document.hidden) refresh().catch(() => toast("沙箱没有回应")); }, 2000);
