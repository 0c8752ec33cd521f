export default {
  title: '我的简历', completeness: '完整度', full: '简历已完整', toImprove: '还可以补充 {n} 分', preview: '预览', missing: '还缺：{text}', filled: '已完善', score: '{score}/{max} 分', noItems: '还没有内容',
  tip: '完整度决定能否进入双选会，每一项的分数都写在这里。', addItem: '添加一条', removed: '已删除', itemOf: '第 {n} 条', chips: '输入后点添加', emptySection: '添加你的第一条{title}', present: '至今', choose: '请选择', invalidMonth: '开始时间不能晚于结束时间',
  previewEmpty: '简历还是空的', previewEmptyText: '填写后，用人单位看到的就是这一页。', fillNow: '去填写', conflict: '简历已在别处修改，再保存一次将以本页内容为准', wrong: '格式不正确，暂未保存这一项', needName: '填写「{field}」后自动保存',
  section: {
    basics: '基本信息', intention: '求职意向', education: '教育经历', internships: '实习经历', projects: '项目经历', campus: '校园经历', skills: '专业技能', certificates: '证书荣誉', self_evaluation: '自我评价',
  },
  field: {
    name: '姓名', gender: '性别', birth_month: '出生年月', phone: '手机号', email: '邮箱', school: '学校', college: '学院', major: '专业', degree: '学历', graduation_year: '毕业年份', city: '现居城市',
    positions: '期望岗位', cities: '期望城市', salary_min: '最低月薪（元）', salary_max: '最高月薪（元）', available_from: '可到岗时间', start: '开始时间', end: '结束时间', description: '描述', organization: '单位 / 组织', title: '职务', role: '担任角色', level: '熟练程度', issued_on: '获得时间', text: '自我评价',
    project_name: '项目名称', skill_name: '技能名称', certificate_name: '证书或荣誉名称',
  },
  hint: {
    name: '与证件一致的姓名', phone: '11 位手机号', email: '常用邮箱', school: '学校全称', college: '所在学院', major: '专业全称', city: '例如：武汉', positions: '例如：软件工程师', cities: '例如：上海', salary: '例如：8000',
    description: '做了什么、用了什么方法、结果如何', text: '用几句话说说你的优势、性格与期待', organization: '单位或组织名称', title: '例如：运营实习生', role: '例如：后端开发', name2: '请填写名称',
  },
  gender: { male: '男', female: '女', undisclosed: '不便透露' },
  level: { 了解: '了解', 熟悉: '熟悉', 精通: '精通' },
  years: '{n} 届', contactHidden: '联系方式仅在你申请面试后对该单位可见', salaryRange: '期望薪资', personal: '个人信息',
};
