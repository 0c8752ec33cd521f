// 订阅消息: the popup a mini-program shows at a tap, and the settings on its cards.
import { ask, h, toast } from "./dom.js";
import { attempt, bar, draw, phone, refresh } from "./phone.js";

const AT_ONCE = 5; // WeChat asks for at most five templates in one popup
const chosen = new Set();

async function answer(word) {
  const ids = [...chosen];
  for (let first = 0; first < ids.length; first += AT_ONCE) {
    const results = Object.fromEntries(ids.slice(first, first + AT_ONCE).map((id) => [id, word]));
    const done = await attempt(() => ask("POST", "/phone/subscriptions", { results }));
    if (!done) return;
  }
  chosen.clear();
  toast(word === "accept" ? "已允许，各可收一条" : "已拒绝");
  await refresh();
  phone.drawn = "";
  draw();
}

function setting(template) {
  const status = template.refused ? "accept" : "reject";
  return attempt(async () => {
    await ask("POST", "/phone/subscription-setting", { template_id: template.id, status });
    toast(template.refused ? "已恢复接收" : "已设为不接收");
    await refresh();
  });
}

function row(template) {
  const toggle = () => {
    if (!chosen.delete(template.id)) chosen.add(template.id);
    phone.drawn = "";
    draw();
  };
  const [shape, words] = template.refused ? ["off", "不接收"]
    : template.accepts ? ["", `可收 ${template.accepts} 条`] : ["none", "未订阅"];
  const labels = template.rows.trim().split("\n").map((line) => line.split(":")[0]).join("、");
  return h("div", { class: "row", "aria-checked": String(chosen.has(template.id)), role: "checkbox", tabindex: 0,
    style: "cursor:pointer", onclick: toggle, "data-test": `template-${template.id}`,
    onkeydown: (event) => { if (event.key === " ") { event.preventDefault(); toggle(); } } },
    h("span", { class: "tick" }),
    h("span", { class: "grow" }, h("b", {}, template.title), h("small", {}, labels)),
    h("span", { class: "end" }, h("button", { class: `chip ${shape}`, title: template.refused ? "恢复接收" : "设为不接收",
      onclick: (event) => { event.stopPropagation(); setting(template); } }, words)));
}

/** The subscriptions' screen. */
export function subscriptions() {
  const { templates, mini } = phone.state;
  const all = chosen.size === templates.length;
  const choose = () => {
    chosen.clear();
    if (!all) templates.forEach((template) => chosen.add(template.id));
    phone.drawn = "";
    draw();
  };
  const count = chosen.size ? `（${chosen.size}）` : "";
  const act = (word, label, shape) => h("button", { class: `main ${shape}`, disabled: !chosen.size, onclick: () => answer(word), "data-test": word }, label);
  return [
    bar("订阅消息", "find", h("button", { style: "font-size:15px", onclick: choose, "data-test": "choose-all" }, all ? "取消" : "全选")),
    h("div", { class: "page" },
      h("p", { class: "caption" }, `${mini.name} 申请发送以下消息。每允许一次，可收到一条。点右边的标签可设为不接收。`),
      h("div", { class: "group" }, templates.map(row))),
    h("div", { class: "pair" }, act("reject", `拒绝${count}`, "quiet"), act("accept", `允许${count}`, "")),
  ];
}
