export default {
  login: {
    title: '欢迎来到双选', subtitle: '扫码进入双选会，在手机上与用人单位面对面', wechat: '微信登录', wechatBusy: '正在登录…', again: '重新登录',
    agree: '登录即表示同意《用户服务协议》与《隐私政策》', byQr: '改用扫码登录', byWechat: '改用微信登录',
    qrTitle: '微信扫码登录', qrText: '用手机微信扫一扫，在手机上确认登录', qrScanned: '已扫码，请在手机上点「确认登录」', qrExpired: '二维码已失效', qrRefused: '手机上拒绝了这次登录',
    qrRefresh: '刷新二维码', failed: '登录没有成功', failedText: '请再试一次。如果一直不成功，请联系双选会工作人员。',
    benefits: '一次填写简历，向每家单位展示|实时看到前面还有几人|手机上直接视频面试', needed: '请先登录', employer: '我是用人单位，办理注册',
  },
  scan: {
    looking: '正在识别二维码', missing: '没有读到二维码内容', missingText: '请用微信重新扫描会场海报或工作人员给你的二维码。', enterFair: '进入这场双选会', toFairs: '看看有哪些双选会',
    recruiterTitle: '招聘人员进入', recruiterText: '你将作为「{employer}」的面试官进入 {booth} 号展位。', name: '姓名', namePlaceholder: '学生会看到你的姓名', job: '职务', jobPlaceholder: '例如：招聘主管',
    redeem: '确认并进入展位', needName: '请填写姓名', needJob: '请填写职务', privacy: '你的微信将与该单位绑定，招聘码只能使用一次。',
    state: { used: '这个招聘码已被使用', revoked: '这个招聘码已被撤回', expired: '这个招聘码已过期', yours: '你已是这个展位的面试官' }, stateText: '请向双选会工作人员索取新的招聘码。', toBooth: '进入展位', welcome: '欢迎，{name}',
    bindTitle: '绑定微信到单位账号？', bindText: '你的微信将绑定到「{name}」的单位账号，用于登录和接收通知。请确认是你本人正在操作。', confirmBind: '确认绑定', bound: '微信已绑定', boundText: '下次可以用微信扫码登录招聘工作台。',
    desktopTitle: '确认在电脑上登录？', desktopText: '请确认是你本人正在操作下面的设备。', device: '设备', requestedAt: '请求时间', confirmLogin: '确认登录', refuseLogin: '不是我，拒绝',
    confirmed: '电脑上已登录', confirmedText: '可以放下手机，在电脑上继续了。', refused: '已拒绝', refusedText: '如果不是你本人操作，账号是安全的。', loginExpired: '登录码已失效', loginExpiredText: '请在电脑上刷新二维码后重新扫描。',
  },
  me: {
    title: '我的', student: '求职者', recruiter: '面试官', phone: '手机号', phoneNone: '未绑定', bindPhone: '绑定手机号', phoneBound: '手机号已绑定', language: '语言', inbox: '消息', device: '测试设备', booths: '我的展位',
    logout: '退出登录', logoutAsk: '退出后需要重新登录才能接到面试呼叫。', version: '版本 {version}', phoneOnlyWechat: '请在微信小程序中绑定手机号，或在简历里填写', resume: '我的简历',
  },
  inbox: { empty: '还没有消息', emptyText: '面试邀请、结果和会场通知都会出现在这里。', unread: '未读' },
};
