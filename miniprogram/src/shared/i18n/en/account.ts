export default {
  login: {
    title: 'Welcome to Shuangxuan', subtitle: 'Scan to enter a fair and meet employers face to face on your phone', wechat: 'Log in with WeChat', wechatBusy: 'Logging in…', again: 'Log in again',
    agree: 'By logging in you accept the Terms of Service and the Privacy Policy', byQr: 'Log in by QR code', byWechat: 'Log in with WeChat',
    qrTitle: 'Scan with WeChat', qrText: 'Scan with WeChat on your phone and confirm there', qrScanned: 'Scanned. Please confirm on your phone.', qrExpired: 'The code has expired', qrRefused: 'The login was refused on the phone',
    qrRefresh: 'New code', failed: 'Login failed', failedText: 'Please try again. If it keeps failing, ask the fair\'s staff.',
    benefits: 'One résumé for every employer|See live how many are ahead of you|Video interviews right on your phone', needed: 'Please log in first', employer: 'I am an employer, register my company',
  },
  scan: {
    looking: 'Reading the code', missing: 'There is nothing in this code', missingText: 'Scan the poster of the fair, or the code staff gave you, again with WeChat.', enterFair: 'Enter this fair', toFairs: 'See all fairs',
    recruiterTitle: 'Recruiter entry', recruiterText: 'You are about to join booth {booth} as an interviewer of {employer}.', name: 'Name', namePlaceholder: 'Students will see it', job: 'Job title', jobPlaceholder: 'e.g. Recruiting lead',
    redeem: 'Confirm and enter the booth', needName: 'Please give your name', needJob: 'Please give your job title', privacy: 'Your WeChat account is bound to this employer; the code works once.',
    state: { used: 'This recruiter code has been used', revoked: 'This recruiter code was revoked', expired: 'This recruiter code has expired', yours: 'You already interview at this booth' }, stateText: 'Please ask the fair\'s staff for a new code.', toBooth: 'Go to the booth', welcome: 'Welcome, {name}',
    bindTitle: 'Bind WeChat to a company account?', bindText: 'Your WeChat will belong to the company account of “{name}”, for logging in and for notices. Please make sure that it is you.', confirmBind: 'Bind', bound: 'WeChat is bound', boundText: 'Next time you can log in at the recruiter desk by scanning.',
    desktopTitle: 'Log in on the computer?', desktopText: 'Please make sure that it is you at the device below.', device: 'Device', requestedAt: 'Asked at', confirmLogin: 'Confirm', refuseLogin: 'Not me, refuse',
    confirmed: 'Logged in on the computer', confirmedText: 'You can put the phone down and go on there.', refused: 'Refused', refusedText: 'If it was not you, your account is safe.', loginExpired: 'The login code has expired', loginExpiredText: 'Refresh the code on the computer and scan again.',
  },
  me: {
    title: 'Me', student: 'Student', recruiter: 'Interviewer', phone: 'Phone', phoneNone: 'None', bindPhone: 'Bind phone', phoneBound: 'Phone number bound', language: 'Language', inbox: 'Messages', device: 'Test devices', booths: 'My booths',
    logout: 'Log out', logoutAsk: 'You cannot be called for an interview until you log in again.', version: 'Version {version}', phoneOnlyWechat: 'Bind your number in the WeChat mini-program, or give it in the résumé', resume: 'My résumé',
  },
  inbox: { empty: 'No messages yet', emptyText: 'Invitations, results and notices of the fair appear here.', unread: 'New' },
};
