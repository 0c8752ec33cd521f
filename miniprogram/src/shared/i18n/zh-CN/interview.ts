export default {
  status: {
    pending: '待处理', invited: '邀请你面试', waiting: '排队中', held: '暂时离开', ringing: '正在呼叫', in_call: '面试中', concluding: '等待结果', finished: '已结束', rejected: '未通过筛选', declined: '已婉拒', lapsed: '已失效', withdrawn: '已撤回',
  },
  queue: {
    title: '面试', empty: '还没有面试', emptyText: '去会场看看感兴趣的单位，申请后这里会实时显示你的位置。', toHall: '去会场', ringing: '呼叫中', waiting: '排队中', invited: '收到的邀请', pending: '等待单位处理', results: '结果与记录',
    ahead: '前面还有 {n} 人', next: '下一位就是你', kept: '位置为你保留', nextText: '请留在本页，准备好摄像头和麦克风', stay: '请保持本页打开，呼叫会直接出现在屏幕上', held: '你错过了呼叫，位置仍为你保留', misses: '错过 {n} 次', boothText: '{booth} 号展位', deskOnline: '{n} 位面试官在线', deskNone: '面试官暂未在线',
    pendingText: '用人单位正在看你的简历，接受后开始排队', applied: '申请于 {time}', invitedAt: '邀请于 {time}', anyPosition: '未指定岗位', messageFrom: '单位留言', remark: '评语', deviceTitle: '测试设备', deviceText: '面试前确认摄像头和麦克风', concludingText: '面试已结束，等待单位填写结果', noResultText: '面试已结束，单位没有给出结果', rejectedText: '感谢你的关注，可以看看其他单位',
    withdrawAsk: '撤回后需要重新申请并重新排队。', declineAsk: '婉拒后，单位会收到你的答复。', inCallText: '面试正在进行', backToCall: '回到面试', startText: '轮到你了，面试官在线：可以直接呼叫，也可以等待呼叫',
  },
  act: { withdraw: '撤回申请', agree: '接受邀请', decline: '婉拒', answer: '接听', 'pass-ring': '暂不方便', start: '呼叫面试官', 'cancel-start': '取消呼叫', hold: '稍候', return: '我回来了，继续排队', 'hang-up': '结束面试' },
  done: { withdraw: '已撤回', agree: '已接受，开始排队', decline: '已婉拒', 'pass-ring': '位置已为你保留，准备好后点「我回来了」', start: '正在呼叫面试官', 'cancel-start': '已取消，位置为你保留', hold: '好的，位置为你保留', return: '欢迎回来，已回到队伍', 'hang-up': '面试已结束', answer: '已接听' },
  ring: { title: '邀请你开始面试', seconds: '{n} 秒内接听', answer: '接听', pass: '暂不方便', passNote: '暂不方便会保留你的位置' },
  calling: { title: '正在呼叫面试官…', seconds: '{n} 秒内没有接听会自动取消', note: '没有接通也会保留你的位置', unanswered: '面试官暂时没有接听，你的位置不变' },
  call: {
    with: '与 {name} 面试中', preparing: '正在打开摄像头…', connecting: '正在等待对方进入…', connected: '通话中', recovering: '网络不稳，正在恢复…', failed: '没有连上', closed: '已结束', mute: '静音', unmute: '取消静音', cameraOff: '关摄像头', cameraOn: '开摄像头', flip: '翻转', hangUp: '挂断',
    hangUpAsk: '挂断后本场面试就结束了，不能重新进入。', you: '你', peerGone: '对方暂时离开，请稍候', peerMuted: '对方已静音', peerCameraOff: '对方关闭了摄像头', retry: '重新连接', leave: '返回面试页', notes: '面试备注', notesPlaceholder: '边聊边记，自动保存，仅本单位可见', resume: '看简历',
    over: '这场面试已经结束', replaced: '你在另一个页面打开了这场面试', notNow: '现在不能进入这场面试', openH5Title: '在浏览器页面中继续', openH5Text: '当前使用网页视频，请复制链接在手机浏览器打开，或直接进入网页面试间。', openH5: '进入网页面试间', sdkMissing: '本小程序没有安装视频组件，请复制链接在浏览器打开。',
    fault: {
      denied: '摄像头或麦克风被拒绝', missing: '没有找到摄像头或麦克风', insecure: '当前网址不安全，浏览器不允许视频', busy: '设备被其他程序占用', unsupported: '这个浏览器不支持视频', unreachable: '连不上对方，请检查网络', refused: '现在不能进入这场面试',
    },
    advice: {
      denied: '请在浏览器地址栏左侧或系统设置中，允许本页使用摄像头和麦克风，然后重试。', missing: '请接好摄像头和麦克风，或换一台有摄像头的设备。', insecure: '请使用以 https 开头的网址打开本页。', busy: '请关闭正在使用摄像头的其他程序（如会议软件），然后重试。', unsupported: '请换用微信、Chrome、Edge 或 Safari 的最新版本。', unreachable: '我们会继续尝试。可以切换网络（例如从 Wi-Fi 换到移动数据）后重试。', refused: '面试可能已经结束，或呼叫已超时。',
    },
  },
  result: {
    none: '面试已结束', noneText: '单位没有给出结果，这场面试不会再更新。其他单位还在等你。', waiting: '面试结束，辛苦了', waitingText: '单位正在填写结果，结果出来后会在这里显示，并给你发消息。', pass: '恭喜', passText: '请留意单位后续联系。', fail: '感谢参加', failText: '这次没有成功，其他单位还在等你。', hold: '结果待定', holdText: '单位会在之后告诉你最终结果。', talk: '通话 {time}', more: '继续看看其他单位', toQueue: '返回面试页', remark: '单位评语',
  },
  device: {
    title: '测试设备', intro: '依次确认摄像头、麦克风和扬声器，全程不录像。', begin: '开始测试', again: '重新测试', camera: '摄像头', microphone: '麦克风', speaker: '扬声器', cameraOk: '能看到自己吗？', micOk: '说句话，看看音量条会不会动', micHeard: '听到你的声音了', speakerAsk: '点一下播放，能听到提示音吗？', play: '播放提示音', heard: '听到了', notHeard: '没听到',
    looksGood: '看得到', looksBad: '看不到', finish: '完成并保存', passed: '设备可用，可以放心面试', notPassed: '有设备不可用', saved: '测试结果已保存', state: { ok: '正常', denied: '未授权', missing: '未找到', failed: '异常', untested: '未测试' }, silent: '没有检测到声音，请对着麦克风说话', speakerAdvice: '请检查音量和静音键，或换一副耳机。', browser: '浏览器', secureBad: '当前网址不是安全连接（https），浏览器会隐藏摄像头。',
    mpText: '小程序将直接询问摄像头和麦克风权限。', openSetting: '去设置中开启权限',
  },
};
