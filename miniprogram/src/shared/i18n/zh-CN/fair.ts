export default {
  list: {
    title: '双选会', hello: '你好，{name}', mine: '我参加的', open: '正在招募', emptyTitle: '还没有双选会', emptyText: '扫描会场海报上的二维码，就能进入那一场双选会。', scan: '扫码进入', enter: '进入',
  },
  home: {
    threshold: '进场要求：简历完整度高于 {percent}%', employers: '用人单位', positions: '岗位', register: '报名进入会场', registerBusy: '正在报名…', toHall: '进入会场', loginFirst: '登录并报名',
    registered: '已报名', missingTitle: '还差一点就能进场', missingText: '当前 {now}%，需要高于 {need}%。补充下面任意几项即可：', points: '+{points} 分', completeness: '简历完整度', ready: '已达到进场要求',
    notReady: '还未达到进场要求', entry: '报名时间', daily: '每日面试时间', allDay: '全天', introduction: '活动介绍', contact: '咨询', safety: '安全提醒', deviceTitle: '提前测试摄像头和麦克风', deviceText: '视频面试前花 1 分钟确认设备可用', deviceDone: '设备已测试：{time}',
    welcome: '报名成功，欢迎进场', host: '主办', ended: '本场双选会已结束，可以在「面试」里查看结果。', notYet: '报名将于 {time} 开放',
  },
  hall: {
    searchPlaceholder: '搜单位、岗位或城市', allIndustries: '全部行业', inLine: '{n} 人排队', noLine: '无需排队', desks: '{n} 位面试官在线', noDesk: '面试官暂未在线', emptyTitle: '没有找到符合的单位', emptyText: '换个关键词，或看看全部行业。',
    positions: '{n} 个岗位', booth: '{n} 号展位', headcount: '招 {n} 人', reset: '清除条件',
  },
  booth: {
    apply: '申请面试', choose: '选择要面试的岗位', anyPosition: '暂不指定岗位', confirmTitle: '申请面试', confirmText: '「{employer}」会先看你的简历，接受后你将按申请时间排队。', confirm: '确认申请', applied: '申请已提交，请留意面试页面',
    toQueue: '查看我的位置', positions: '招聘岗位', about: '单位介绍', duties: '岗位职责', requirements: '任职要求', majors: '专业要求', anyMajor: '不限专业', people: '人数', mine: '我的状态', cannot: '现在不能申请', inLine: '排队', online: '在线面试官', noPositions: '这个展位还没有发布岗位', unitPerson: '人',
    unitDesk: '位',
  },
};
