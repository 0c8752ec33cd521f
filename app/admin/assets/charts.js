// The board's charts, asked for once a minute: the day so far, promises kept, minutes, reach.
const SVG = 'http://www.w3.org/2000/svg';
const spot = (name) => document.querySelector(`[data-${name}]`);
const chartsSource = document.querySelector('template[data-source]').dataset;
const CHARTS_EVERY_MS = 60000;
const HOUR_WIDTH = 44; // px a time of day takes below the chart
const WIDEST = 56; // px of a column: a fair's first hour is no wall
const HEIGHT = 200, LEFT = 42, RIGHT = 14, BOTTOM = 24, TOP = 14;
let width = 640; // as wide as the card, so that words keep their size on a phone
const measure = (name) => { width = Math.max(280, spot(name).clientWidth || 640); };

const shape = (name, attributes, ...inside) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
};
const words = (x, y, text, anchor = 'middle') => shape('text', { x, y, 'text-anchor': anchor, class: 'axis' }, text);
const titled = (element, text) => { element.append(shape('title', {}, text)); return element; };
const frame = (label, ...inside) => shape('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': label }, ...inside);
const nothing = (text) => { const p = document.createElement('p'); p.className = 'hint'; p.textContent = text; return p; };
const up = (share) => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
const hour = (at) => new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' });

const roundUp = (most) => { const step = 10 ** Math.floor(Math.log10(Math.max(most, 1))); return Math.max(5, Math.ceil(most / step) * step); };
const ground = (top, unit) => [0, 0.5, 1].flatMap((share) => [
  shape('line', { x1: LEFT, x2: width, y1: up(share), y2: up(share), class: 'grid' }),
  words(LEFT - 6, up(share) + 4, `${Math.round(top * share)}${unit}`, 'end'),
]);

const drawTimeline = (steps) => {
  if (!steps.some((step) => step.arrivals || step.rings)) { spot('timeline').replaceChildren(nothing('开始后，这里每 10 分钟画一格')); return; }
  const top = roundUp(Math.max(...steps.map((step) => Math.max(step.arrivals, step.answered + step.missed))));
  measure('timeline');
  const slot = (width - LEFT) / steps.length;
  const every = Math.max(1, Math.ceil((steps.length * HOUR_WIDTH) / (width - LEFT)));
  const columns = steps.map((step, index) => {
    const wide = Math.min(slot * 0.76, WIDEST), x = LEFT + (index + 0.5) * slot - wide / 2;
    const answered = step.answered / top, missed = step.missed / top;
    return titled(shape('g', {},
      shape('rect', { x, width: wide, y: up(answered), height: up(0) - up(answered), class: 'answered' }),
      shape('rect', { x, width: wide, y: up(answered + missed), height: up(answered) - up(answered + missed), class: 'missed' })),
    `${hour(step.at)} 起 10 分钟：进场 ${step.arrivals}，呼叫 ${step.rings}，接通 ${step.answered}，未接 ${step.missed}`);
  });
  const line = steps.map((step, index) => `${LEFT + (index + 0.5) * slot},${up(step.arrivals / top)}`).join(' ');
  const hours = steps.flatMap((step, index) => (index % every ? [] : [words(LEFT + (index + 0.5) * slot, HEIGHT - 6, hour(step.at))]));
  spot('timeline').replaceChildren(frame('每 10 分钟的进场、接通和未接', ...ground(top, ''), ...columns, shape('polyline', { points: line, class: 'arrivals' }), ...hours));
};

const day = (at) => new Date(at).toLocaleDateString('zh-CN', { month: 'numeric', day: 'numeric', timeZone: 'Asia/Shanghai' });
const drawKept = ({ all, promised_percent: promised, by_hour: hours }) => {
  spot('kept').textContent = all.kept_percent === null ? '' : `承诺 ${promised}% 的区间，实际兑现 ${all.kept_percent}%（${all.scored} 次）`;
  if (!hours.some((one) => one.scored)) { spot('kept-hours').replaceChildren(nothing('轮到第一批同学后，这里按小时显示承诺兑现了多少')); return; }
  measure('kept-hours');
  const slot = (width - LEFT - RIGHT) / hours.length, wide = Math.min(slot * 0.72, WIDEST);
  const every = Math.max(1, Math.ceil(HOUR_WIDTH / slot));
  const middle = (index) => LEFT + (index + 0.5) * slot;
  const columns = hours.flatMap((one, index) => {
    if (!one.scored) return [];
    const top = up(one.kept_percent / 100);
    const column = titled(shape('g', {}, shape('rect', { x: middle(index) - wide / 2, width: wide, y: top, height: up(0) - top, class: one.kept_percent < promised ? 'broken' : 'kept' })),
      `${day(one.hour)} ${hour(one.hour)} 起一小时作出的承诺：已见分晓 ${one.scored} 次，兑现 ${one.kept}（${one.kept_percent}%），偏早 ${one.early}，偏晚 ${one.late}；未见分晓 ${one.open} 次`);
    return every > 1 ? [column] : [column, words(middle(index), Math.max(top - 4, 11), `${Math.round(one.kept_percent)}%`)];
  });
  const times = hours.flatMap((one, index) => (index % every ? [] : [words(middle(index), HEIGHT - 6, hour(one.hour))]));
  spot('kept-hours').replaceChildren(frame(`每小时作出的承诺兑现了多少，虚线为承诺的 ${promised}%`, ...ground(100, '%'), ...columns,
    shape('line', { x1: LEFT, x2: width - RIGHT, y1: up(promised / 100), y2: up(promised / 100), class: 'ideal' }), ...times));
};

const drawChances = ({ reliability }) => {
  const known = reliability.filter((bin) => bin.promises);
  if (!known.length) { spot('chances').replaceChildren(nothing('轮到第一批同学后，这里显示预计能轮到的可能与实际')); return; }
  measure('chances');
  const across = (percent) => LEFT + (percent / 100) * (width - LEFT - RIGHT);
  const most = Math.max(1, ...known.map((bin) => bin.promises));
  const dots = known.map((bin) => titled(
    shape('circle', { cx: across(bin.promised_percent), cy: up(bin.seen_percent / 100), r: 4 + 8 * Math.sqrt(bin.promises / most), class: 'seen-dot' }),
    `预计 ${bin.promised_percent}%，实际 ${bin.seen_percent}%（${bin.promises} 次）`));
  spot('chances').replaceChildren(frame('预计能轮到的可能与实际', ...ground(100, '%'),
    shape('line', { x1: across(0), y1: up(0), x2: across(100), y2: up(1), class: 'ideal' }), ...dots,
    ...[0, 50, 100].map((percent) => words(across(percent) + (percent ? 0 : 8), HEIGHT - 6, percent === 50 ? '预计轮到 50%' : `${percent}%`, percent === 100 ? 'end' : 'middle'))));
};

const bar = (name, value, most, tone, text) => {
  const row = document.createElement('div');
  row.className = 'bar-row';
  const label = document.createElement('span'), number = document.createElement('b');
  label.className = 'name';
  label.textContent = name;
  number.textContent = text;
  row.append(label, shape('svg', { viewBox: '0 0 100 14', preserveAspectRatio: 'none' }, shape('rect', { class: `seg ${tone}`, width: (100 * value) / Math.max(1, most), height: 14 })), number);
  return row;
};
const drawMinutes = ({ used, free, over, booths }) => {
  spot('minutes-hint').textContent = `全场已用 ${used} 分钟；每家免费 ${free} 分钟${over ? `，${over} 家已超出` : ''}`;
  const most = Math.max(free, ...booths.map((booth) => booth.minutes));
  spot('minutes').replaceChildren(...(booths.length ? booths.map((booth) => bar(`${booth.number} ${booth.employer}`, booth.minutes, most, booth.minutes > free ? 'pending' : 'call', booth.minutes)) : [nothing('还没有通话')]));
};
const drawReach = ({ students, with_credit: reachable, without, sent, refused, sms }) => {
  const rows = [['可收呼叫提醒', reachable, students, 'call'], ['没有订阅次数', without, students, 'pending'], ['已发小程序消息', sent, sent + refused, 'waiting'], ['被微信拒收', refused, sent + refused, 'missed'], ['已发短信', sms, Math.max(sms, students), 'waiting']];
  spot('reach').replaceChildren(...rows.map(([name, count, most, tone]) => bar(name, count, most, tone, count)));
};

const refreshCharts = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(chartsSource.charts, { headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (!answer.ok) return; // the board itself says when the line is cut
    const charts = await answer.json();
    drawTimeline(charts.timeline);
    drawKept(charts.promises);
    drawChances(charts.promises);
    drawMinutes(charts.minutes);
    drawReach(charts.credits);
  } catch { /* what is drawn stays until the next minute */ }
};
document.addEventListener('visibilitychange', refreshCharts);
refreshCharts();
setInterval(refreshCharts, CHARTS_EVERY_MS);
