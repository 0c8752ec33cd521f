/** The interview room: how a call goes on. */
export default {
  talk: {
    title: '文字交流', open: '文字', placeholder: '输入文字，对方马上能看到', send: '发送', sending: '发送中', failed: '没有发出，请重试', empty: '这里写的双方都能看到，保留到双选会结束。', caption: '字幕', you: '我', unread: '{n} 条新消息', close: '收起文字',
  },
  more: '更多', mode: { video: '视频', audio: '语音', text: '文字' },
  switchTo: { video: '改用视频', audio: '改用语音', text: '改用文字' },
  switchHint: { video: '打开摄像头和麦克风', audio: '关闭摄像头，省流量', text: '关闭摄像头和麦克风，打字交流' },
  going: { audio: '正在语音面试', text: '正在文字面试' },
  peerSwitched: { video: '对方改用视频，需要时请打开摄像头', audio: '对方改用语音', text: '对方改用文字' },
  cannotSee: '没有声音和画面也能继续：', toText: '改用文字继续',
  device: {
    title: '换到另一台设备', hint: '电脑换手机，或手机换电脑', text: '用另一台设备扫码（或打开链接），就会以你的身份接着这场面试，时间和备注不变。', left: '{n} 秒内有效，只能用一次，请勿转给他人', over: '二维码已失效', renew: '重新生成', copy: '复制链接', copied: '链接已复制',
  },
  moved: { title: '已在另一台设备继续', text: '这台设备已退出通话，面试没有中断。', back: '回到这台设备' },
  take: { title: '继续面试', busy: '正在接入面试…', failed: '不能接入这场面试', retry: '返回' },
  grace: { peer: '{name} 断线了，为其保留 {n} 秒', mine: '网络已断开，{n} 秒内恢复可继续这场面试' },
  box: { left: '剩余 {time}', soon: '还剩不到 1 分钟', over: '已超过约定时间 {time}', extend: '延长一次', extended: '已延长一次' },
  captions: { on: '字幕已开启', off: '字幕已关闭', hint: '把你说的话转成文字给对方看', none: '你说的话在这里转不成字幕，可以改用文字' },
  guests: {
    joined: '{name} 正在协同面试', invite: '邀请同事协同', inviteHint: '同事加入画面，一起面试', invited: '已邀请 {name}', waiting: '等待 {name} 加入', asked: '同事邀请你协同面试', join: '加入', later: '暂不加入', sitting: '你正在协同面试', leave: '退出协同', nobody: '没有空闲的同事',
    askedBy: '{name} 邀请你协同面试', byMessage: '不在页面上，发消息邀请', messaged: '{name} 现在不在页面上，已发消息；通话结束前随时可以加入', inboxOnly: '{name} 现在不在页面上，也收不到微信消息；邀请在其消息列表里，着急请打电话',
    gate: '加入后，学生和面试官都能看到、听到你。计时和结果仍由面试官负责。', look: '查看', leaveAsk: '退出后面试继续进行，同事可以再次邀请你。', over: '这场面试已结束，或者邀请已失效',
    mini: '请用网页或电脑加入', miniText: '小程序一次只能接入一个人的画面，协同面试要同时看到两个人。复制链接到手机浏览器打开，或在电脑上打开 /desk/ 扫码登录，就能加入。邀请在通话结束前一直有效。', unseen: '{name} 正在协同面试，小程序里看不到也听不到，可换网页或电脑',
  },
  transfer: { title: '转给同事继续', hint: '同一位学生，计时和备注不变', done: '已转给 {name}，由其继续面试' },
  access: { captions: '需要字幕', typed_talk: '需要文字交流', large_type: '需要大字', extra_time: '延长时间' },
  unfit: {
    inApp: '这个应用内置的浏览器不支持视频', inAppAdvice: '请点右上角菜单选「在浏览器打开」，或复制链接到微信、Chrome、Safari 中打开。', old: '浏览器版本过低，不支持视频', oldAdvice: '请升级浏览器，或换用微信、Chrome、Edge、Safari 的最新版本。', copy: '复制本页链接',
    silent: '麦克风没有声音', silentAdvice: '请确认没有静音、没有选错麦克风，靠近一些再说一句；仍没有声音请换一副耳机。', notPassed: '摄像头和麦克风都正常后才能排队',
  },
};
