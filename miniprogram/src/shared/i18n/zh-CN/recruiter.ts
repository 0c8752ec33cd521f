export default {
  booths: { title: '我的展位', empty: '还没有展位', emptyText: '请扫描双选会工作人员给你的招聘码。', pending: '待处理', waiting: '待面试', unfinished: '待填结果', desktop: '在电脑上使用面试大厅会更方便：打开 /desk/ 扫码登录。', toStudent: '切换到求职者' },
  hall: {
    tabs: { pending: '待处理', waiting: '待面试', done: '已结束' }, empty: { pending: '没有待处理的申请', waiting: '队伍里还没有人', done: '还没有结束的面试' }, emptyText: '新的申请会自动出现在这里。', ringNext: '呼叫下一位', ringNextNamed: '呼叫 {name}', nobody: '暂时没有在线的学生', heldUp: { booth: '展位已关闭', fair: '面试时间未到', window: '不在本展位的面试时段', quota: '面试名额已满' }, notLive: '面试时间未到',
    online: '在线', offline: '离线', busy: '面试中', invited: '已邀请，等待答复', nudge: '提醒上线', nudged: '已提醒 {time}', cancelRing: '取消呼叫', ringing: '正在呼叫 {name}…', calledBy: '{name} 正在呼叫您…', ringingLeft: '{n} 秒', toCall: '回到面试', owed: '有一场面试待填结果', fillResult: '填写结果', invite: '邀约人才', seat: '席位 {label}', misses: '未接 {n} 次', colleagues: '同事',
    talentsHint: '从人才大厅邀请', showAll: '显示全部 {n} 位', ringNo: '对方未接听，位置已保留', state: { idle: '空闲', ringing: '呼叫中', in_call: '面试中', concluding: '填结果' }, verdict: { pass: '合适', fail: '不合适', hold: '待定' },
  },
  called: { title: '轮到的同学正在呼叫您', seconds: '请在 {n} 秒内接听', take: '接听', turnDown: '暂不方便', note: '暂不方便不影响该同学的位置，您可以稍后呼叫', turnedDown: '已告知暂不方便，该同学的位置不变' },
  candidate: {
    accept: '接受', reject: '拒绝', accepted: '已接受，进入待面试', rejected: '已拒绝', rejectTitle: '拒绝这份申请', rejectText: '拒绝后，该学生本场不能再次申请你们的展位。提交后有片刻可以撤销，之后才告知学生。', code: '告诉学生的原因', reason: '内部备注（选填，学生看不到）', needCode: '请选择一个原因', dismissed: '已拒绝，未送达', takenBack: '已撤销，回到待处理', access: '面试便利', again: '邀请第 {n} 轮', againSent: '已发出第 {n} 轮邀请', againMessage: '邀请留言（选填）', againPlaceholder: '例如：下午由部门经理面谈', round: '第 {n} 轮', contact: '联系方式', resume: '简历', notes: '面试备注', call: '呼叫', talk: '通话时长',
  },
  row: {
    held: '稍候，{time} 前回来', missed: '未接听，等待返回', slot: '预约 {time}', desk: '指定 {label}', round: '第 {n} 轮', first: '今日首面', tells: '{n} 秒后告知学生', telling: '正在告知学生…', rejected: '已拒绝 {name}',
    reach: { page: '正打开页面', message: '可发微信', sms: '仅短信', none: '联系不上' }, access: { captions: '需要字幕', typed_talk: '文字交流', large_type: '大字显示', extra_time: '延长时间' },
  },
  reason: { position_filled: '岗位已满', major_mismatch: '专业不符', degree_mismatch: '学历不符', year_mismatch: '毕业年份不符', skills_mismatch: '经历与岗位要求有差距', place_mismatch: '工作地点不符', other: '其他' },
  line: {
    title: '队列设置', close: '关闭排队', closeText: '不再接受新申请，已在队伍里的同学照常面试', closed: '已关闭排队', opened: '已重新开放排队', reopen: '重新开放', late: '晚到一会儿', lateText: '队伍里的每位同学都会看到预计开始时间', minutes: '{n} 分钟', lateUntil: '已告知大家 {time} 开始', here: '我到了', hereSaid: '已告知大家你到了',
    notice: '给所有候选人的通知', noticePlaceholder: '例如：5 分钟后回来，请保持页面打开', send: '发送', sendAsk: '通知发出后不能收回，发给 {n} 人？', sent: '通知已发送', last: '上次通知 {time}：{text}', withdraw: '撤下通知', withdrawn: '通知已撤下', paused: '学校已暂停本展位接受新申请', pausedText: '{n} 份申请超时未处理，处理完自动恢复（会务暂停的除外）', overdue: '{n} 份申请等待过久，请尽快处理', quota: '名额 {taken}/{quota}', desktop: '名额、时段和招聘要求请在电脑上设置', show: '去处理',
  },
  conclude: { title: '填写结果', ask: '{name} 的面试结果', text: '提交结果后才能呼叫下一位。', remark: '备注（仅本单位可见）', remarkPlaceholder: '例如：沟通清晰，建议安排二面', submit: '提交结果', submitted: '结果已提交', choose: '请选择结果', next: '返回大厅', again: '同时邀请参加第 {n} 轮', rate: '学生表现（可跳过）', tags: { punctual: '准时到场', prepared: '准备充分', clear: '表达清晰', unprepared: '准备不足', left_early: '中途离开', no_show: '没有到场' }, rateFailed: '结果已提交，评价没有保存成功', againFailed: '结果已提交，邀请没有发出' },
  talents: { title: '邀约人才', search: '搜专业、学校、技能', empty: '没有符合的学生', emptyText: '换个关键词试试。', invite: '邀请面试', invited: '邀请已发出', message: '留言', messagePlaceholder: '说说为什么邀请他', position: '岗位', anyPosition: '不指定岗位', hidden: '接受邀请后可见联系方式', already: '已在流程中' },
};
