export default {
  brand: '双选',
  slogan: '用人单位与毕业生的双向选择',
  title: {
    pages: { fairs: '双选会', resume: '简历', scan: '扫码进入', login: '登录', me: '我的', inbox: '消息' },
    'pages-fair': { home: '双选会', hall: '会场', booth: '展位' },
    'pages-resume': { preview: '简历预览' },
    'pages-interview': { queue: '面试', call: '视频面试', take: '继续面试', device: '测试设备', result: '面试结果', needs: '面试便利' },
    'pages-recruiter': { booths: '我的展位', hall: '面试大厅', candidate: '候选人', conclude: '填写结果', talents: '邀约人才' },
  },
  act: {
    toFair: '去报名进场', retry: '重试', cancel: '取消', confirm: '确定', save: '保存', remove: '删除', undo: '撤销', close: '关闭', back: '返回',
    more: '加载更多', copy: '复制链接', edit: '编辑', add: '添加', all: '全部', search: '搜索', done: '完成', continue: '继续', know: '知道了',
  },
  state: {
    loading: '正在加载', offlineTitle: '网络好像断开了', offlineText: '请检查网络连接，恢复后点一下重试。',
    errorTitle: '这一页没有加载出来', noMore: '已经到底了', saved: '已保存', saving: '保存中…', unsaved: '有未保存的修改', saveFailed: '未能保存',
    copied: '链接已复制', refreshed: '已是最新',
  },
  live: { cut: '实时连接已断开，页面仍每 {seconds} 秒刷新', cutShort: '正在重新连接' },
  tabs: { resume: '简历', fairs: '双选会', interview: '面试', me: '我的', inbox: '消息' },
  phase: {
    draft: '筹备中', upcoming: '未开始', doors_open: '可进场', live: '进行中', paused: '今日场次已结束', ended: '已结束', postponed: '已延期', cancelled: '已取消',
  },
  degree: { college: '专科', bachelor: '本科', master: '硕士', doctor: '博士' },
  problem: {
    network: '网络不通，请检查后重试', server: '服务暂时不可用，请稍后再试',
    'not-in-fair': '请先报名进入会场', 'outside-application-hours': '现在不在申请时间内', 'already-in-line': '你已在这个展位的队伍中',
    'rejected-here': '该单位已处理过你的申请，本场不能再次申请', 'booth-closed': '这个展位已停止招聘', 'position-not-here': '该岗位不在这个展位',
    'resume-changed': '简历已在别处修改，再保存一次将以本页内容为准', 'resume-incomplete': '简历还不够完整', 'fair-not-open': '双选会现在不能进场',
    'line-closed': '队伍已截止，不再接受新申请', 'line-paused': '这个展位暂停接受新申请', 'quota-reached': '今日面试名额已满', 'device-untested': '面试前请先测试设备',
    'unlikely-to-be-seen': '按现在的队伍，很可能轮不到', 'slot-taken': '这个时段刚被预约，请换一个', 'slot-not-offered': '队伍已经变短，不需要预约了', 'slots-clash': '你在这个时间附近已有预约', 'hold-used': '每个展位只能稍候一次',
    'scene-unknown': '这个二维码无法识别', 'code-unknown': '这个招聘码不存在', 'code-used': '这个招聘码已被使用', 'code-revoked': '这个招聘码已被撤回',
    'code-expired': '这个招聘码已过期', 'nobody-to-call': '现在没有可以呼叫的学生', 'desk-busy': '请先填写上一场面试的结果', 'fair-not-live': '双选会现在不在面试时间内',
    'student-busy': '学生正在其他展位面试，位置为他保留', 'student-offline': '学生现在不在线，可以提醒他', 'not-next-in-line': '前面还有排队的学生',
    'http-401': '登录已失效，请重新登录', 'http-403': '没有权限进行这个操作', 'http-429': '操作太频繁，请稍后再试',
  },
};
