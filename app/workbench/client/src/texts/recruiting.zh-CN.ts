/** 岗位管理 and 入驻高校. */
export const positions = {
  title: '岗位管理', lead: '发布后经审核对学生可见，并可带到双选会的展位。', add: '新建岗位', search: '岗位名称或城市', filter: '按状态筛选', pickAll: '全选可下线的岗位', pick: '选择 {name}',
  draft: '草稿', pending: '待审核', published: '已发布', withdrawn: '已下线', deleted: '已删除',
  name: '岗位', pay: '月薪', heads: '人数', schools: '展示高校', validity: '有效期至', status: '状态', acts: '操作', noSchool: '未选择', schoolsShown: '{n} 所', schoolsHidden: '{n} 所未展示', over: '已过期', long: '长期', payOpen: '未填写', people: '{n} 人',
  edit: '编辑', view: '查看', withdraw: '下线', withdrawPicked: '下线所选 {n} 个', discard: '删除', picked: '已选 {n} 个', clear: '取消选择', employer: '用人单位',
  empty: '还没有岗位', emptyHint: '新建岗位并提交审核，通过后学生就能看到。', noMatch: '没有符合条件的岗位', noMatchHint: '换个关键词或状态试试。', failed: '岗位列表加载失败', oneFailed: '岗位加载失败',
  withdrawTitle: '下线 {n} 个岗位？', withdrawText: '学生将看不到这些岗位，展位上也不再展示；已有的面试不受影响。重新上线需再次审核。', withdrew: '已下线 {n} 个岗位',
  discardTitle: '删除“{name}”？', discardText: '从未发布过的草稿会直接移除；发布过的岗位不再展示，仅保留记录。删除后不能恢复。', discarded: '已删除“{name}”',
  noEmployer: '还没有绑定用人单位', noEmployerHint: '用手机微信扫描主办方发的展位二维码即可绑定。', employersFailed: '单位信息加载失败',
};

export const form = {
  newTitle: '新建岗位', back: '返回岗位列表', basics: '基本信息', payPlace: '薪资与地点', words: '岗位描述', range: '展示范围与有效期', preview: '学生看到的样子', needed: '必填',
  title: '岗位名称', titleHint: '例如：后端开发工程师', kind: '工作性质', full_time: '全职', internship: '实习', part_time: '兼职', headcount: '招聘人数', headcountHint: '1–9999', degree: '学历要求', degreeOrAbove: '{degree}及以上', degreeAny: '不限学历',
  years: '毕业年份', yearsHint: '不选表示不限', year: '{n} 届', majors: '专业', majorsHint: '输入后按回车添加，不填表示不限', majorsAny: '不限专业', welfare: '福利', welfareHint: '如 五险一金、双休，最多 {n} 个', remove: '删除 {name}',
  salary: '月薪（元）', salaryFrom: '最低', salaryTo: '最高', months: '每年发', monthsPaid: '{n} 薪', province: '省份', provinceHint: '如 浙江', city: '城市', cityHint: '如 杭州', address: '详细地址', addressHint: '学生据此判断通勤，如 滨江区江南大道 100 号',
  duties: '岗位职责', dutiesHint: '分条写清做什么，至少 {n} 个字', requirements: '任职要求', requirementsHint: '写与岗位相关的能力要求；不得含性别、婚育、户籍、院校等限制', validUntil: '有效期至', validHint: '到这一天为止，最长一年；过期自动下线', headcountUnit: '人',
  schools: '目标高校', schoolsHint: '只能选择已入驻的高校；不选则仅可用于双选会', schoolsNone: '还没有入驻任何高校', schoolsGo: '去申请入驻', schoolsAll: '全选', schoolsNoneOf: '全不选', schoolEnded: '入驻已结束', schoolStale: '保存后重新展示', count: '{n}/{max}',
  save: '保存草稿', saveWithdrawn: '保存', submit: '提交审核', resubmit: '保存并重新送审', retarget: '更新目标高校', recall: '撤回修改', saved: '已保存', submitted: '已提交审核，结果会通知您', resubmitted: '已保存并重新送审', retargeted: '目标高校已更新，无需审核', recalled: '已撤回，可以修改了', unsaved: '有修改没有保存',
  leaveTitle: '放弃未保存的修改？', leaveText: '离开后，这一页上还没有保存的内容会丢失。', leave: '放弃并离开', stay: '继续编辑',
  editingPublished: '这个岗位已发布。修改内容并保存后会重新进入审核，审核通过前学生看不到它，展位上也暂不展示；只调整目标高校不需要审核。',
  resubmitTitle: '保存并重新送审？', resubmitText: '审核通过之前，学生看不到“{name}”，双选会展位上也暂不展示。', resubmitDo: '确认送审',
  pendingNote: '{time} 提交，正在审核，一般 24 小时内完成。如需修改请先撤回。', returned: '审核未通过', returnedHint: '修改后可再次提交。', withdrawnNote: '该岗位已下线，修改并提交审核通过后重新展示。',
  flagsTitle: '以下用语可能影响审核', flagsHint: '系统只作提示，由审核人决定。建议先修改再提交。', changedTitle: '内容已被同事修改', reload: '重新加载', checkBelow: '请补充标出的内容',
  gapTitle: '请填写岗位名称', gapPay: '请填写最低和最高月薪', gapPayOrder: '最低月薪不能高于最高月薪', gapProvince: '请填写省份', gapCity: '请填写城市', gapAddress: '请填写详细地址', gapDuties: '请填写岗位职责（至少 {n} 个字）', gapRequirements: '请填写任职要求', gapValid: '请选择有效期', gapValidPast: '有效期不能早于今天', gapValidLong: '有效期最长一年', gapHeadcount: '人数应在 1 至 9999 之间', gapField: '请检查这一项',
  previewPlace: '工作地点', previewEmpty: '填写后在这里预览', until: '{date} 前有效', hire: '招 {n} 人',
};

export const schools = {
  title: '入驻高校', lead: '入驻后，岗位才能展示在该校的职位信息里。', search: '学校名称', filter: '按状态筛选', open: '可申请', awaiting: '等待审核', settled: '已入驻', apply: '申请入驻', again: '再次申请', withdraw: '撤回申请',
  applied: '已向{name}提交入驻申请', withdrew: '已撤回对{name}的申请', since: '{date} 入驻', appliedAt: '{date} 申请', returned: '上次未通过：{reason}', empty: '没有符合条件的学校', emptyHint: '换个关键词或状态试试。', failed: '学校列表加载失败',
  withdrawTitle: '撤回对{name}的入驻申请？', withdrawText: '撤回后可以再次申请。', settledHint: '新建岗位时可选为目标高校；已发布的岗位可在编辑页直接加入，无需重新发布。',
};
