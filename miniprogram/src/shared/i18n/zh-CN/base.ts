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
  live: { cut: '实时连接已断开，页面仍会定时刷新', cutShort: '正在重新连接' },
  tabs: { resume: '简历', fairs: '双选会', interview: '面试', me: '我的', inbox: '消息' },
  phase: {
    draft: '筹备中', upcoming: '未开始', doors_open: '可进场', live: '进行中', paused: '今日场次已结束', ended: '已结束', postponed: '已延期', cancelled: '已取消',
  },
  degree: { college: '专科', bachelor: '本科', master: '硕士', doctor: '博士' },
};
