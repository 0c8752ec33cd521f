/** Signing in by password, and its settings. */
export const password = {
  tabs: '登录方式', tabScan: '扫码登录', tabPassword: '密码登录', title: '密码登录', lead: '使用注册时设置的用户名和密码',
  username: '用户名', password: '密码', show: '显示密码', hide: '隐藏密码', submit: '登录', forgot: '忘记密码？',
  needUsername: '请填写用户名', needPassword: '请填写密码', capsLock: '大写锁定已打开',
  notRecruiter: '该账号还没有招聘权限，请等待单位审核通过，或先扫描主办方发的展位二维码。',
  settings: '登录密码', none: '还没有设置，设置后可用用户名和密码登录', known: '用户名 {name}，{date} 修改过', change: '修改密码', set: '设置密码',
  old: '原密码', fresh: '新密码', again: '再输入一次', rule: '至少 10 位，不能只有数字，也不能与用户名相同', differs: '两次输入的新密码不一致', tooShort: '密码至少 10 位', onlyDigits: '密码不能只有数字', isName: '密码不能与用户名相同',
  usernameRule: '4 至 40 个字符，可用文字、数字和 . _ @ -', needOld: '请填写原密码', changed: '密码已修改，其他设备已退出登录', wasSet: '密码已设置，下次可用用户名和密码登录',
  othersOut: '修改后，其他设备将退出登录', freshHint: '为了安全，需在扫码登录后 10 分钟内设置', failed: '暂时读不到登录密码的情况',
};

export const captcha = {
  label: '图形验证码', hint: '不区分大小写', image: '验证码图片', renew: '看不清，换一张', toText: '看不见图片？改用算术题', toImage: '改用图形验证码', sum: '请计算：{question} = ?', sumLabel: '算术题答案', need: '请填写验证码', loading: '正在获取验证码…', failed: '暂时取不到验证码',
};

export const recover = {
  title: '找回密码', back: '返回登录', other: '换一种方式', choose: '请选择找回方式', step: '第 {n} 步，共 {all} 步', next: '下一步', expired: '找回请求已失效，请重新开始', restart: '重新开始',
  online: '在线找回', onlineHint: '向单位预留的手机或邮箱发送验证码', appeal: '申诉找回', appealHint: '手机和邮箱都不可用时，上传盖章的情况说明，由工作人员审核', staff: '联系管理员', staffHint: '工作人员核实身份后，会给您一次性重设码', look: '查询申诉进度',
  company: '单位名称', companyHint: '与营业执照上的全称一致', needCompany: '请填写单位全称',
  ways: '验证码发送到', phone: '预留手机', mail: '单位邮箱', unavailable: '暂不可用', notYours: '不是您的手机或邮箱？请检查单位名称是否与营业执照一致，或换一种方式。', noWay: '本平台暂不能在线发送验证码，请换一种方式。', send: '发送验证码',
  code: '验证码', codeHint: '6 位数字，{minutes} 分钟内有效', sentTo: '如果信息无误，验证码已发送到 {to}', resend: '重新发送', resendIn: '{n} 秒后可重新发送', otherWay: '换个接收方式', check: '验证', triesLeft: '验证码不正确，还可尝试 {n} 次', codeSpent: '验证码已失效，请重新发送', needCode: '请填写 6 位数字验证码',
  newTitle: '设置新密码', newFor: '为用户名 {name} 设置新密码', until: '请在 {time} 前完成', save: '设置新密码', done: '新密码已生效', doneHint: '所有设备已退出登录，请用新密码登录。', toLogin: '去登录',
  resetCode: '一次性重设码', resetCodeHint: '形如 ABCD-1234-EFGH，24 小时内有效，只能使用一次', useResetCode: '使用重设码', needResetCode: '请填写重设码', staffLead: '请拨打双选会会务电话，或联系主办学校的工作人员。核实身份后，对方会告诉您一次性重设码。',
};

export const appeal = {
  form: '填写申诉信息', uscc: '统一社会信用代码', applicant: '申诉人姓名', phone: '接收验证码的手机', phoneHint: '审核通过后，重设密码的验证码发送到这个手机', reason: '申诉原因', reasonHint: '须与盖章情况说明上的原因完全一致',
  needUscc: '请填写 18 位统一社会信用代码', needApplicant: '请填写申诉人姓名', needPhone: '请填写 11 位手机号', needReason: '请填写申诉原因（至少 5 个字）',
  number: '申诉编号', keep: '请记下申诉编号，查询进度时需要它和手机号后 4 位', copy: '复制编号', copied: '已复制',
  statement: '盖章情况说明', statementHint: 'JPG 图片，不超过 2 MB，公章与文字须清晰', choose: '选择图片', replace: '更换图片', uploading: '上传中…', chosen: '已上传：{name}', kept: '已有上次提交的图片，可不更换', needStatement: '请上传盖章情况说明',
  sealName: '公章上的单位名称', sealHint: '照公章抄写，须与营业执照名称一致', needSeal: '请填写公章上的单位名称', paperReason: '情况说明上的原因', paperHint: '照纸面抄写，须与申诉原因一致', needPaper: '请填写情况说明上的原因', submit: '提交审核',
  sealDiffers: '公章上的单位名称与营业执照上的名称不一致', paperDiffers: '与上一步填写的申诉原因不一致：{reason}',
  pending: '已提交，等待审核', pendingHint: '通常 24 小时内完成。可随时回到这里查询进度。', rejected: '申诉被退回', rejectedReason: '退回原因：{reason}', edit: '修改后重新提交', draft: '申诉还没有提交', go: '继续填写', approved: '申诉已通过', approvedHint: '验证码已发送到 {phone}，请在 {time} 前使用。',
  lookTitle: '查询申诉进度', tail: '手机号后 4 位', needNumber: '请填写申诉编号', needTail: '请填写手机号后 4 位数字', look: '查询', refresh: '刷新', save: '保存并继续',
};
