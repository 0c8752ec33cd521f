export default {
  booths: { title: '我的展位', empty: '还没有展位', emptyText: '请扫描双选会工作人员给你的招聘码。', pending: '待处理', waiting: '待面试', unfinished: '待填结果', desktop: '在电脑上使用面试大厅会更方便：打开 /desk/ 扫码登录。', toStudent: '切换到求职者' },
  hall: {
    tabs: { pending: '待处理', waiting: '待面试', done: '已结束' }, empty: { pending: '没有待处理的申请', waiting: '队伍里还没有人', done: '还没有结束的面试' }, emptyText: '新的申请会自动出现在这里。', ringNext: '呼叫下一位', ringNextNamed: '呼叫 {name}', nobody: '暂时没有在线的学生', notLive: '面试时间未到',
    online: '在线', offline: '离线', busy: '面试中', invited: '已邀请，等待答复', nudge: '提醒上线', nudged: '已提醒 {time}', cancelRing: '取消呼叫', ringing: '正在呼叫 {name}…', ringingLeft: '{n} 秒', toCall: '回到面试', owed: '有一场面试待填结果', fillResult: '填写结果', invite: '邀约人才', seat: '席位 {label}', misses: '未接 {n} 次', colleagues: '同事',
    talentsHint: '从人才大厅邀请', ringNo: '对方未接听，位置已保留', state: { idle: '空闲', ringing: '呼叫中', in_call: '面试中', concluding: '填结果' }, verdict: { pass: '合适', fail: '不合适', hold: '待定' },
  },
  candidate: {
    accept: '接受', reject: '拒绝', accepted: '已接受，进入待面试', rejected: '已拒绝', rejectTitle: '拒绝这份申请', rejectText: '拒绝后，该学生本场不能再次申请你们的展位。', reason: '原因（选填，仅内部可见）', reasons: '专业不符|经历不符|岗位已满|其他', contact: '联系方式', resume: '简历', notes: '面试备注', call: '呼叫', talk: '通话时长',
  },
  conclude: { title: '填写结果', ask: '{name} 的面试结果', text: '提交结果后才能呼叫下一位。', remark: '备注（仅本单位可见）', remarkPlaceholder: '例如：沟通清晰，建议安排二面', submit: '提交结果', submitted: '结果已提交', choose: '请选择结果', next: '返回大厅', pass: '合适', fail: '不合适', hold: '待定' },
  talents: { title: '邀约人才', search: '搜专业、学校、技能', empty: '没有符合的学生', emptyText: '换个关键词试试。', invite: '邀请面试', invited: '邀请已发出', message: '留言', messagePlaceholder: '说说为什么邀请他', position: '岗位', anyPosition: '不指定岗位', hidden: '接受邀请后可见联系方式', already: '已在流程中' },
};
