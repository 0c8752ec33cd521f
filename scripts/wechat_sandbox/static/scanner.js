// 扫一扫: a picture from the album, the clipboard or dropped here, or the code's text.
import { ask, h, icon, toast } from "./dom.js";
import { attempt, bar, go, open, phone, show } from "./phone.js";

const picture = document.getElementById("picture");

async function found(body) {
  const code = await attempt(() => ask("POST", "/phone/scan", body));
  if (!code) return;
  if (!code.opens) { show("二维码内容", h("p", {}, code.label)); return; }
  go("chats");
  toast("识别成功，正在打开");
  open(code.opens);
}

picture.addEventListener("change", () => {
  if (picture.files[0]) found(picture.files[0]);
  picture.value = "";
});

document.addEventListener("paste", (event) => {
  if (phone.at !== "scan") return;
  const file = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
  if (file) { event.preventDefault(); found(file); }
});

/** The scanner's screen. */
export function scanner() {
  const text = h("input", { class: "field", placeholder: "或粘贴二维码里的文字、网址", "aria-label": "二维码内容", "data-test": "scan-text" });
  const finder = h("button", { class: "finder", onclick: () => picture.click(), "data-test": "scan-picture",
    ondragover: (event) => { event.preventDefault(); finder.classList.add("over"); },
    ondragleave: () => finder.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) found(event.dataTransfer.files[0]); } },
    h("span", {}, h("span", { class: "tile", style: "margin:0 auto 8px" }, icon("scan")), "从相册选择二维码图片", h("br"), "也可以拖到这里或直接粘贴"));
  const page = h("div", { class: "page scanner" }, finder,
    h("form", { class: "form", onsubmit: (event) => { event.preventDefault(); found({ text: text.value }); } },
      text, h("button", { class: "main", "data-test": "scan-go" }, "识别")));
  const head = bar("扫一扫", "chats");
  head.style.cssText = "background:#15181a;color:#fff";
  return [head, page];
}
