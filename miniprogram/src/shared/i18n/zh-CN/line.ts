export default {
  wait: {
    title: '预计等待', now: '马上就到', within: '约 {high} 分钟内', exactly: '约 {low} 分钟', between: '约 {low}–{high} 分钟', hours: '约 {low}–{high} 小时', withinHours: '约 {high} 小时内', clock: '约 {low}–{high} 轮到', past: '比预计的晚，正在重新估计',
    sure: '几乎一定能在 {time} 前轮到', fraction: '{part}/{whole} 可能在 {time} 前轮到', slim: '在 {time} 前轮到的机会很小', shortSure: '几乎一定轮到', shortFraction: '{part}/{whole} 可能轮到', shortSlim: '机会很小',
    madeAt: '{time} 的预计', axisNow: '现在', closes: '{time} 结束', beyond: '可能排到结束之后', unknown: '面试开始后才能估计等待时间', explain: '按本展位自己的面试节奏估计：10 次里约有 8 次落在这个范围内', picture: '预计 {low} 到 {high} 轮到，{close} 结束',
  },
  banner: {
    paused: '会场已暂停该展位接受新申请', closed: '队伍已截止，不再接受新申请；已在队中的同学照常面试', late: '面试官稍晚到，预计 {time} 开始', notice: '{text}', noticeAt: '展位通知 {time}',
  },
  slots: '可预约时段：{times}', quota: '今日名额 {quota} · 已用 {taken}', quotaFull: '今日名额 {quota} 个已满', windows: '面试时段', window: { over: '已结束', open: '进行中', coming: '未开始' }, talk: '每场约 {n} 分钟', closedTag: '队伍已截止', pausedTag: '暂停申请',
  wanted: {
    title: '希望谁来申请', degrees: '学历', majors: '专业', years: '毕业年份', year: '{year} 届', note: '说明', join: '、', misfits: { degree: '希望学历为{wanted}，你的学历为{mine}', major: '希望专业为{wanted}，你的专业为{mine}', year: '希望 {wanted} 年毕业，你为 {mine} 届' }, misfit: '与这里的偏好有出入，你仍可以申请', fits: '你的简历符合这里的偏好',
  },
  meter: {
    title: '这家单位的回应', median: '通常 {span}内答复', noMedian: '还没有答复记录', answered: '申请已答复 {n}%', results: '结果已反馈 {n}%', overdue: '{n} 份申请等待超时', stars: '面试评价 {stars}（{n} 人）', noStars: '还没有评价', seen: '{ago}在线', minute: '1 分钟',
  },
  apply: {
    promise: '申请通过后的预计', device: '面试前需要测试设备', deviceText: '摄像头、麦克风和扬声器，约 1 分钟。测试完会回到这里。', toDevice: '去测试设备', join: '；',
  },
  offers: {
    title: '现在排队，很可能轮不到', text: '按现在的队伍，{chance}。下面这些是能兑现的：', slots: '预约一个时段', slotsText: '到点优先呼叫你，不必一直等', similar: '相近的展位，队伍更短', anyway: '仍要排队',
    take: '预约 {time}', taken: '已预约 {time}，到点优先呼叫你', inLine: '{n} 人排队', none: '暂时没有其他可选的安排', choose: '先选一个时段',
  },
  hold: {
    offer: '稍候 {n} 分钟', ask: '在别处快轮到了？本展位可以为你稍候一次，{n} 分钟内位置不变，不会呼叫你。', on: '已为你稍候', left: '{time} 后自动回到队伍', back: '提前回来', once: '每个展位可稍候一次',
  },
  ready: {
    title: '你排第 {n}，请准备', text: '找个安静、光线好的地方，打开声音，保持本页打开。', passing: '排在前面的同学暂时不在或正在别处面试，随时可能叫到你。', next: '下一位就是你', short: '「{employer}」：你排第 {n}，请准备', shortNext: '「{employer}」：下一位就是你', see: '去看看',
  },
  ticket: {
    slot: '预约 {time}', slotText: '{time} 起优先呼叫你，请提前几分钟回到本页', slotPending: '这个时段已为你保留，单位看过简历、接受后，{time} 起优先呼叫你', slotNow: '预约时间已到，下一个就呼叫你', round: '第 {n} 轮', missedOf: '错过 {n} 次', missedKeep: '错过 {n} / {k} 次，位置仍保留', missedBehind: '错过次数较多，返回后排在在场同学之后', behind: '已排在在场同学之后', toDevice: '先测试设备，再加入队伍',
    first: '本场按「人人先面一次」：今天还没面试过的同学先进行', secondRound: '第 {n} 轮面试邀请', secondText: '「{employer}」想再和你聊一次', best: '看看相近的展位', receipt: '为什么有人先被叫到？', overtaken: '{n} 次', reason: '原因：{label}',
  },
  receipt: {
    title: '为什么有人先被叫到？', intro: '每一次都有原因，只说原因，不说是谁。', none: '没有人排在你后面却先被叫到', noneText: '到目前为止，都是按顺序呼叫的。', explained: '{n}% 已说明原因',
    why: {
      busy: '当时你正在别处被呼叫或面试，你的位置保留，先呼叫了后面的一位', hold: '当时你申请了稍候，你的位置保留，先呼叫了后面的一位', missed: '当时你错过了呼叫、还没有返回，你的位置保留，先呼叫了后面的一位', offline: '当时你的页面不在线，你的位置保留，先呼叫了后面的一位',
      slot: '一位同学预约的时段到了，按约定先面试', assigned: '单位安排你由另一位面试官面试，这位面试官先呼叫了后面的一位', desk: '这位面试官先呼叫了单位安排给他的一位', first_time: '本场人人先面一次：先呼叫了今天还没有面试过的一位', unknown: '没有查到原因，可请会务人员核对',
    },
  },
  rating: {
    title: '这场面试怎么样？', text: '只用于改进双选会，单位只看到平均分。', star: '{n} 星', comment: '还想说点什么（选填）', submit: '提交评价', skip: '跳过', thanks: '谢谢你的评价', open: '评价这场面试', need: '请先点选星数', done: '已评价',
    words: { s1: '很不满意', s2: '不太满意', s3: '一般', s4: '满意', s5: '非常满意' },
    tags: { on_time: '准时', respectful: '尊重人', clear: '介绍清楚', professional: '问得专业', late: '迟到', unprepared: '没看简历', rude: '态度不好', network: '网络不好', absent: '面试官没出现' },
  },
  best: { title: '接下来可以去', text: '岗位相近、队伍更短', none: '暂时没有相近的展位', apply: '去看看' },
  needs: {
    title: '面试便利', intro: '选好以后，每一场面试都会自动照做，不用每次解释。', captions: '字幕', captionsText: '对方说话时显示字幕', typed: '文字交流', typedText: '可以用打字代替说话', large: '大字', largeText: '面试页使用更大的字', extra: '延长时间', extraText: '每场多给的分钟数，不影响你的位置', none: '不需要', minutes: '+{n} 分钟', saved: '已保存',
    who: '谁会看到', whoText: '只有你排队或面试的单位会看到要做的安排（例如「请打开字幕」「多 10 分钟」），看不到原因，也不会写进简历。大字只改变你自己的屏幕。随时可以改，之后的面试照新的来。', link: '面试便利',
  },
  sort: { number: '按展位号', wait: '等待最短', open: '只看开放排队', label: '排列' },
};
