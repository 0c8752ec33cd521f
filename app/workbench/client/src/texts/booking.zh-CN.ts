/** Finding a fair, registering for it, and what becomes of the enrolment. */
export default {
  level: { provincial: '省级', school: '校级' },
  mode: { live: '线上视频', recorded: '线上录播', offline: '线下' },
  booking: {
    open: '接受报名', switched_off: '未开放单位预定', not_yet: '报名尚未开始', over: '报名已截止', postponed: '双选会已延期', fair_over: '双选会已结束',
  },
  enrolmentStatus: {
    draft: '填写中', pending: '待审核', waitlisted: '候补中', approved: '已通过', rejected: '未通过', disqualified: '已取消资格', withdrawn: '已退出',
  },
  changeStatus: { pending: '变更待确认', confirmed: '变更已同意', declined: '变更未同意', recalled: '变更已撤回' },
  fairs: {
    title: '招聘会', lead: '查询双选会，为单位预定展位。', search: '名称或主办学校', level: '级别', mode: '形式', anyLevel: '全部级别', anyMode: '全部形式',
    host: '主办', time: '举办时间', window: '单位报名', windowOpen: '不限', windowFrom: '{from} 起', windowUntil: '{to} 截止', windowBoth: '{from} 至 {to}', admitted: '参会单位', full: '名额已满，可报名候补',
    register: '报名参会', resume: '继续填写', look: '查看报名', enter: '进入大厅', again: '重新报名', hasBooth: '展位由主办方开设',
    empty: '没有符合条件的双选会', emptyHint: '换个关键词，或清除筛选条件。', failed: '双选会加载失败', clear: '清除筛选', contact: '单位咨询',
  },
  enrol: {
    title: '报名参会', steps: '报名步骤', stepPlace: '选择展位', stepPositions: '选择岗位', stepPeople: '面试官', stepCheck: '核对提交', begin: '开始报名', beginHint: '依次选择展位、岗位，填写面试官，核对后提交，等待主办方审核。',
    employer: '报名单位', company: '单位信息', companyHint: '如有变化请联系主办方更正。', uscc: '统一社会信用代码', nature: '单位性质', industry: '行业', size: '规模', city: '所在城市', introduction: '单位介绍',
    next: '下一步', previous: '上一步', submit: '提交报名表', saved: '已保存', submitted: '报名表已提交，请等待主办方审核', closed: '本场双选会现在不接受报名',
    fullNote: '参会名额已满。仍可提交，主办方可将贵单位列入候补，有名额空出时按提交先后递补。', heldNote: '展位在提交后为贵单位保留到审核结束。', failed: '报名页面加载失败',
    missing: '还缺：{what}', missingPlace: '展位', missingPositions: '岗位', missingPeople: '面试官', done: '已完成', todo: '未完成', toEnrolment: '查看我的报名', hasBooth: '贵单位在本场双选会已有展位，可直接进入大厅。', changed: '内容有修改，正在保存…',
  },
  plan: {
    title: '展位图', none: '本场双选会不选展位，审核通过后由主办方编号。', allTaken: '展位都已选定。仍可提交报名，由主办方安排。', area: '{area} 展区', unnamed: '展位', chosen: '已选展位 {number}', choose: '请选择一个空闲展位', legend: '图例',
    free: '可选', reserved: '主办方预留', held: '审核中', taken: '已定', mine: '我的', picked: '已选', keys: '方向键移动，空格或回车选择', give: '取消选择', label: '展位 {number}，{state}',
  },
  offer: {
    title: '参会岗位', lead: '只能带已通过审核的岗位，可多选。', none: '还没有岗位', noneHint: '请先发布岗位并等待审核通过。', notApproved: '未通过审核', notApprovedHint: '通过审核后才能参会', headcount: '招 {n} 人', anyMajor: '专业不限', chosen: '已选 {n} 个', all: '全选已通过的',
  },
  people: {
    title: '面试官', lead: '至少一位。姓名和职务用于主办方审核，电话仅主办方可见。', name: '姓名', role: '职务', phone: '电话', add: '添加面试官', remove: '删除 {name}', removeBlank: '删除这一行', nameNeeded: '请填写姓名', phoneWrong: '请填写正确的电话号码', none: '还没有填写面试官',
  },
  enrolments: {
    title: '我的报名', lead: '查看审核进展，申请变更或进入大厅。', empty: '还没有报名', emptyHint: '到「招聘会」里选择一场双选会报名。', toFairs: '去看招聘会', failed: '报名列表加载失败',
    place: '展位', noPlace: '由主办方安排', booth: '展位号', positions: '岗位', people: '面试官', submittedAt: '提交时间', decidedAt: '审核时间', answer: '主办方回复', rank: '候补第 {n} 位', details: '查看详情', fold: '收起',
    enter: '进入大厅', edit: '继续填写', change: '申请变更', changeNow: '修改', withdraw: '退出报名', recall: '撤回变更申请', recalled: '变更申请已撤回', missing: '没有找到这份报名',
    ordinary: '贵单位的岗位仍可通过日常网络招聘与学生双向选择，也可报名其他双选会。', waitHint: '有名额空出时按提交先后递补，并通知贵单位。', pendingHint: '审核一般在 24 小时内完成，结果会通知到招聘人员的微信和站内消息。', contact: '如需咨询请联系：{contact}',
    notice: '参会通知', noticeLead: '{employer}：您单位报名参加「{fair}」已通过审核。', noticeBooth: '展位号：{number}', noticeTime: '时间：{time}', noticeDoors: '{time} 起可进入大厅测试设备、查看简历', noticeBring: '请面试官提前检测摄像头和麦克风，并准时进入面试大厅。', print: '打印参会通知', asked: '{time} 申请', wanted: '希望改为', why: '说明：{note}',
  },
  change: {
    title: '申请变更', titleNow: '修改报名内容', lead: '提交后的岗位和面试官须由主办方确认，确认前按原内容参会。', leadNow: '本场双选会允许直接修改，保存后立即生效。', note: '变更说明', noteHint: '选填，例如：面试官临时调整', send: '提交申请', sendNow: '保存修改', sent: '变更申请已提交，等待主办方确认', sentNow: '修改已生效',
  },
  withdraw: {
    title: '退出「{fair}」？', lead: '退出后展位让给候补单位，不能恢复；报名期内可重新报名。', leadApproved: '已申请和排队的学生会收到通知，排队全部失效；展位让给候补单位，不能恢复。', reason: '原因', reasonHint: '选填，会告知主办方', do: '确认退出', done: '已退出本场双选会',
  },
};
