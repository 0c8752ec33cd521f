// The live board: drawn from one JSON answer, asked for every five seconds while the page is seen.
const place = (name) => document.querySelector(`[data-${name}]`);
const source = document.querySelector('template[data-source]').dataset;
const PHASES = { draft: ['未发布', 'plain'], upcoming: ['未开始', 'note'], doors_open: ['候场中', 'note'], live: ['进行中', 'good'], paused: ['休会中', 'warn'], ended: ['已结束', 'plain'], postponed: ['已延期', 'warn'], cancelled: ['已取消', 'bad'] };
const DESKS = { idle: '空闲', ringing: '呼叫中', in_call: '面试中', concluding: '待填结果' };
const LINES = { paused: ['已暂停申请', 'bad'], closed: ['已停止排队', 'plain'], late: ['稍晚开始', 'warn'] };
const BOOTHS = { disqualified: '已取消资格', withdrawn: '已退出' };
const EVERY_MS = 5000;
const LONG_WAIT_SECONDS = 1800;
let board = JSON.parse(document.getElementById('board-now').textContent);
let freshAt = Date.now();

const make = (name, properties = {}, ...inside) => {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...inside);
  return element;
};
const waited = (seconds) => (seconds < 60 ? (seconds ? '1 分内' : '—') : seconds < 3600 ? `${Math.floor(seconds / 60)} 分` : `${Math.floor(seconds / 3600)} 时 ${Math.floor((seconds % 3600) / 60)} 分`);
const ticketPage = (id) => source.tickets.replace('id=0', `id=${id}`);
const linePage = (id) => source.lines.replace('booth=0', `booth=${id}`);
const boothPage = (id) => source.booths.replace('id=0', `id=${id}`);

const drawTiles = ({ totals }) => {
  const tiles = [
    [totals.registered, '进场学生', ''], [`${totals.desks_online} / ${totals.desks}`, '席位在线', ''],
    [totals.pending, '待处理', totals.pending ? 'warn' : ''], [totals.waiting, '待面试', ''],
    [totals.ringing + totals.in_call, '呼叫/通话', totals.in_call ? 'good' : ''], [totals.concluding, '待填结果', totals.concluding ? 'warn' : ''],
    [totals.finished, '已结束', ''], [totals.passed, '通过', ''], [totals.misses, '未接', ''], [Math.round(totals.talk_seconds / 60), '通话分钟', ''], [waited(totals.longest_wait_seconds), '最长等候', totals.longest_wait_seconds > LONG_WAIT_SECONDS ? 'warn' : ''],
  ];
  place('tiles').replaceChildren(...tiles.map(([number, word, tone]) => make('div', { className: `tile ${tone}` }, make('b', { textContent: number }), make('span', { textContent: word }))));
};

const segment = (kind, x, width) => {
  const part = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ class: `seg ${kind}`, x, width, height: 14 })) part.setAttribute(name, value);
  return part;
};
const drawBars = ({ booths }) => {
  const load = (booth) => booth.waiting + booth.pending + booth.ringing + booth.in_call;
  const longest = [...booths].filter(load).sort((a, b) => load(b) - load(a)).slice(0, 10);
  const most = Math.max(1, ...longest.map(load));
  place('bars').replaceChildren(...(longest.length ? longest.map((booth) => {
    const chart = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    chart.setAttribute('viewBox', '0 0 100 14');
    chart.setAttribute('preserveAspectRatio', 'none');
    let x = 0;
    for (const [kind, count] of [['waiting', booth.waiting], ['pending', booth.pending], ['call', booth.ringing + booth.in_call]]) {
      const width = (100 * count) / most;
      chart.append(segment(kind, x, width));
      x += width;
    }
    const title = `${booth.employer}：待面试 ${booth.waiting}，待处理 ${booth.pending}，通话中 ${booth.ringing + booth.in_call}`;
    return make('a', { href: boothPage(booth.booth_id), title }, make('span', { className: 'name', textContent: `${booth.number} ${booth.employer}` }), chart, make('b', { textContent: load(booth) }));
  }) : [make('p', { className: 'hint', textContent: '现在没有人排队' })]));
};

const cell = (label, content, className = '') => {
  const td = make('td', { className }, content);
  td.dataset.label = label;
  return td;
};
const count = (label, number) => cell(label, make('span', { textContent: number, className: number ? '' : 'zero' }), number ? 'num' : 'num is-zero');
// A desk that is taken leads to its ticket, where the ring or the call can be ended.
const deskTag = (desk) => {
  const state = desk.state === 'idle' ? (desk.online ? DESKS.idle : '离线') : `${DESKS[desk.state]}${desk.online ? '' : '（离线）'}`;
  const shown = { className: `desk${desk.online ? ' online' : ''}`, title: desk.online ? '在线' : '不在线', textContent: `${desk.label} ${state}` };
  return desk.interview_id ? make('a', { ...shown, href: ticketPage(desk.interview_id) }) : make('span', shown);
};
const lineTag = ({ line }) => (LINES[line] ? [make('span', { className: `tag tag-${LINES[line][1]}`, textContent: LINES[line][0] })] : []);
const drawRows = ({ booths }) => {
  const wanted = place('find').value.trim().toLowerCase();
  const shown = booths.filter((booth) => `${booth.number} ${booth.employer}`.toLowerCase().includes(wanted));
  place('rows').replaceChildren(...shown.map((booth) => {
    const closed = BOOTHS[booth.status];
    const desks = closed ? [make('span', { className: 'tag tag-bad', textContent: closed })] : booth.desks.length ? booth.desks.map(deskTag) : [make('span', { className: 'zero', textContent: '无人入席' })];
    const held = booth.held ? `${booth.waiting}（${booth.held} 暂离）` : booth.waiting;
    return make('tr', { className: closed ? 'closed' : '' },
      cell('展位', make('a', { href: boothPage(booth.booth_id), textContent: booth.number })), cell('用人单位', make('div', {}, booth.employer, ...lineTag(booth))), cell('席位', make('div', { className: 'desks' }, ...desks)),
      cell('待处理', make('span', { textContent: booth.overdue ? `${booth.pending}（${booth.overdue} 超时）` : booth.pending, className: booth.overdue ? 'late-cell' : booth.pending ? '' : 'zero' }), booth.pending ? 'num' : 'num is-zero'), count('待面试', held), count('呼叫/通话', booth.ringing + booth.in_call), count('待填结果', booth.concluding), count('已结束', booth.finished), count('未接', booth.misses),
      cell('最长等候', make('span', { textContent: waited(booth.longest_wait_seconds), className: booth.longest_wait_seconds > LONG_WAIT_SECONDS ? 'late-cell' : booth.longest_wait_seconds ? '' : 'zero' }), booth.longest_wait_seconds ? 'num' : 'num is-zero'),
      cell('调度', make('span', { className: 'row-acts' }, make('a', { className: 'quiet', href: linePage(booth.booth_id), textContent: '面试' }), make('a', { className: 'quiet', href: boothPage(booth.booth_id), textContent: '队列' })), 'end'));
  }));
  place('none').hidden = shown.length > 0;
};

const draw = () => {
  const [word, tone] = PHASES[board.fair.phase];
  place('phase').replaceChildren(make('span', { className: `tag tag-${tone}`, textContent: word }));
  drawTiles(board);
  drawBars(board);
  drawRows(board);
};
const tell = () => {
  const seconds = Math.round((Date.now() - freshAt) / 1000);
  place('fresh').textContent = seconds > 20 ? `连接中断，${seconds} 秒前的数据` : `${new Date(freshAt).toLocaleTimeString('zh-CN', { hour12: false, timeZone: 'Asia/Shanghai' })} 更新，每 5 秒自动刷新`;
  place('fresh').classList.toggle('late', seconds > 20);
};
const refresh = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(source.source, { headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (answer.type === 'opaqueredirect') { location.reload(); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    board = await answer.json();
    freshAt = Date.now();
    draw();
  } catch { /* the line above the board says how old it is */ }
  tell();
};
place('find').addEventListener('input', () => drawRows(board));
document.addEventListener('visibilitychange', refresh);
draw();
tell();
setInterval(refresh, EVERY_MS);
