import type { Translation } from '@shared/i18n/translator';
import type * as zhCN from './zh-CN';

export const password: Translation<typeof zhCN.password> = {
  tabs: 'Ways to log in', tabScan: 'Scan a code', tabPassword: 'Password', title: 'Log in with a password', lead: 'With the user name and password of your registration',
  username: 'User name', password: 'Password', show: 'Show the password', hide: 'Hide the password', submit: 'Log in', forgot: 'Forgot your password?',
  needUsername: 'Enter your user name', needPassword: 'Enter your password', capsLock: 'Caps Lock is on',
  notRecruiter: 'This account may not recruit yet. Wait until your company is approved, or scan the booth code from the organisers first.',
  settings: 'Password', none: 'Not set yet; once set you can log in with a name and password', known: 'User name {name}, changed on {date}', change: 'Change password', set: 'Set a password',
  old: 'Old password', fresh: 'New password', again: 'New password again', rule: '10 characters or more, not digits only, not the user name', differs: 'The two new passwords differ', tooShort: '10 characters or more', onlyDigits: 'Not digits only', isName: 'Not the user name itself',
  usernameRule: '4 to 40 characters: letters, digits and . _ @ -', needOld: 'Enter the old password', changed: 'Password changed; other devices are logged out', wasSet: 'Password set; next time you can log in with it',
  othersOut: 'Other devices will be logged out', freshHint: 'For safety, set it within 10 minutes of logging in', failed: 'Cannot read how you log in',
};

export const captcha: Translation<typeof zhCN.captcha> = {
  label: 'Captcha', hint: 'Capitals do not matter', image: 'Picture with four signs', renew: 'Another picture', toText: 'Cannot see the picture? Answer a sum', toImage: 'Use a picture instead', sum: 'How much is {question}?', sumLabel: 'Your answer to the sum', need: 'Answer the captcha', loading: 'Getting a captcha…', failed: 'Cannot get a captcha',
};

export const recover: Translation<typeof zhCN.recover> = {
  title: 'Recover your password', back: 'Back to log in', other: 'Another way', choose: 'Choose a way', step: 'Step {n} of {all}', next: 'Next', expired: 'This has expired, please start again', restart: 'Start again',
  online: 'Online', onlineHint: 'A code to the phone or mailbox that your company left', appeal: 'Appeal', appealHint: 'Phone and mailbox are both lost: send a stamped statement, staff review it', staff: 'Ask the administrator', staffHint: 'Once staff know who you are, they give you a one-time code', look: 'How does my appeal stand?',
  company: 'Company name', companyHint: 'In full, as on the licence', needCompany: 'Enter the company\'s full name',
  ways: 'Send the code to', phone: 'Phone', mail: 'Mailbox', unavailable: 'Not available', notYours: 'Not your phone or mailbox? Check that the name is as on the licence, or choose another way.', noWay: 'Codes cannot be sent here at present; please choose another way.', send: 'Send the code',
  code: 'Code', codeHint: 'Six digits, good for {minutes} minutes', sentTo: 'If all was right, a code is on its way to {to}', resend: 'Send again', resendIn: 'Again in {n} s', otherWay: 'Send it elsewhere', check: 'Check', triesLeft: 'Wrong code, {n} tries left', codeSpent: 'This code is used up, have another sent', needCode: 'Enter the six digits',
  newTitle: 'Choose a new password', newFor: 'A new password for {name}', until: 'Please finish by {time}', save: 'Set the new password', done: 'The new password is set', doneHint: 'Every device was logged out. Log in with the new password.', toLogin: 'Log in',
  resetCode: 'One-time code', resetCodeHint: 'Such as ABCD-1234-EFGH; good for 24 hours, once', useResetCode: 'Use the code', needResetCode: 'Enter the code', staffLead: 'Call the fair\'s office or the staff of the host school. Once they know who you are, they tell you a one-time code.',
};

export const appeal: Translation<typeof zhCN.appeal> = {
  form: 'Your appeal', uscc: 'Unified social credit code', applicant: 'Your name', phone: 'Phone for the code', phoneHint: 'Once approved, the code goes to this phone', reason: 'Reason', reasonHint: 'Exactly as on the stamped statement',
  needUscc: 'Enter the code of 18 characters', needApplicant: 'Enter your name', needPhone: 'Enter a mobile number of 11 digits', needReason: 'Enter the reason, 5 characters or more',
  number: 'Appeal number', keep: 'Write this number down: with the last 4 digits of the phone it shows how the appeal stands', copy: 'Copy', copied: 'Copied',
  statement: 'Stamped statement', statementHint: 'A JPG of 2 MB at most, seal and text readable', choose: 'Choose a picture', replace: 'Another picture', uploading: 'Sending…', chosen: 'Sent: {name}', kept: 'The earlier picture is kept; you may replace it', needStatement: 'Send the stamped statement',
  sealName: 'Company name on the seal', sealHint: 'Copied from the seal; must be the name on the licence', needSeal: 'Enter the name on the seal', paperReason: 'Reason on the statement', paperHint: 'Copied from the paper; must be the reason above', needPaper: 'Enter the reason on the statement', submit: 'Submit for review',
  sealDiffers: 'The name on the seal is not the name on the licence', paperDiffers: 'Not the reason that you gave before: {reason}',
  pending: 'Submitted, waiting for review', pendingHint: 'Usually done within 24 hours. Come back here any time.', rejected: 'Your appeal was sent back', rejectedReason: 'Reason: {reason}', edit: 'Correct and submit again', draft: 'This appeal is not submitted yet', go: 'Go on', approved: 'Your appeal was approved', approvedHint: 'A code was sent to {phone}; use it by {time}.',
  lookTitle: 'How does my appeal stand?', tail: 'Last 4 digits of the phone', needNumber: 'Enter the appeal number', needTail: 'Enter the last 4 digits', look: 'Look up', refresh: 'Refresh', save: 'Save and go on',
};
