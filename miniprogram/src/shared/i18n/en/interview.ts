export default {
  status: {
    pending: 'Under review', invited: 'Invited', waiting: 'In line', held: 'Away', ringing: 'Ringing', in_call: 'In interview', concluding: 'Awaiting result', finished: 'Finished', rejected: 'Not selected', declined: 'Declined', lapsed: 'Lapsed', withdrawn: 'Withdrawn',
  },
  queue: {
    title: 'Interviews', empty: 'No interviews yet', emptyText: 'Find an employer in the hall; once you apply, your place shows here live.', toHall: 'To the hall', ringing: 'Ringing', waiting: 'In line', invited: 'Invitations', pending: 'Under review', results: 'Results and history',
    ahead: '{n} ahead of you', next: 'You are next', kept: 'Your place is kept', nextText: 'Stay on this page, camera and microphone ready', stay: 'Keep this page open; the call appears on screen', held: 'You missed a call; your place is kept', misses: 'Missed {n}×', boothText: 'Booth {booth}', deskOnline: '{n} interviewers online', deskNone: 'No interviewer online',
    pendingText: 'The employer is reading your résumé; you join the line once accepted', applied: 'Applied {time}', invitedAt: 'Invited {time}', anyPosition: 'No particular position', messageFrom: 'Message', remark: 'Remark', deviceTitle: 'Test devices', deviceText: 'Check camera and microphone before the interview', concludingText: 'The interview is over; the result is being written', noResultText: 'The interview is over; the employer gave no result', rejectedText: 'Thank you for your interest; have a look at other employers',
    withdrawAsk: 'To come back you must apply and wait again.', declineAsk: 'The employer will be told.', inCallText: 'Your interview is going on', backToCall: 'Return', startText: 'It is your turn and an interviewer is there: call now, or wait to be called',
  },
  act: { withdraw: 'Withdraw', agree: 'Accept', decline: 'Decline', answer: 'Answer', 'pass-ring': 'Not now', start: 'Call the interviewer', 'cancel-start': 'Stop calling', hold: 'Wait for me', return: 'I am back', 'hang-up': 'Hang up' },
  done: { withdraw: 'Withdrawn', agree: 'Accepted, you are in line', decline: 'Declined', 'pass-ring': 'Your place is kept; tap "I am back" when ready', start: 'Calling the interviewer', 'cancel-start': 'Stopped; your place is kept', hold: 'Your place waits for you', return: 'Welcome back', 'hang-up': 'Interview over', answer: 'Answered' },
  ring: { title: 'invites you to your interview', seconds: 'Answer within {n} s', answer: 'Answer', pass: 'Not now', passNote: '"Not now" keeps your place' },
  calling: { title: 'Calling the interviewer…', seconds: 'Ends by itself in {n} s without an answer', note: 'Your place is kept either way', unanswered: 'Nobody answered just now; your place is kept' },
  call: {
    with: 'Interview with {name}', preparing: 'Opening the camera…', connecting: 'Waiting for the other side…', connected: 'Connected', recovering: 'Weak network, reconnecting…', failed: 'No connection', closed: 'Over', mute: 'Mute', unmute: 'Unmute', cameraOff: 'Camera off', cameraOn: 'Camera on', flip: 'Flip', hangUp: 'Hang up',
    hangUpAsk: 'Hanging up ends this interview for good.', you: 'You', peerGone: 'The other side is away for a moment', peerMuted: 'The other side is muted', peerCameraOff: 'The other side turned the camera off', retry: 'Reconnect', leave: 'Back to interviews', notes: 'Notes', notesPlaceholder: 'Saved as you type, seen by your organisation only', resume: 'Résumé',
    over: 'This interview is over', replaced: 'You opened this interview on another page', notNow: 'You cannot enter this interview now', openH5Title: 'Go on in the browser', openH5Text: 'This fair uses web video. Copy the link and open it in your phone\'s browser.', openH5: 'Open the web room', sdkMissing: 'This mini-program has no video component. Copy the link and open it in a browser.',
    fault: {
      denied: 'Camera or microphone was refused', missing: 'No camera or microphone found', insecure: 'This address is not secure, so the browser forbids video', busy: 'Another program holds the device', unsupported: 'This browser cannot do video', unreachable: 'The other side cannot be reached', refused: 'You cannot enter this interview now',
    },
    advice: {
      denied: 'Allow camera and microphone for this page, left of the address or in the system\'s settings, then try again.', missing: 'Plug in a camera and microphone, or use a device that has them.', insecure: 'Open this page by an address that begins with https.', busy: 'Close other programs that use the camera, then try again.', unsupported: 'Use the latest WeChat, Chrome, Edge or Safari.', unreachable: 'We keep trying. Switching networks (Wi-Fi to mobile data) may help.', refused: 'The interview may be over, or the ring has run out.',
    },
  },
  result: {
    none: 'Interview over', noneText: 'The employer gave no result, and none will follow. Other employers are waiting for you.', waiting: 'Interview over, well done', waitingText: 'The employer is writing the result. It appears here, and you get a message.', pass: 'Congratulations', passText: 'The employer will be in touch.', fail: 'Thank you for taking part', failText: 'Not this time; other employers are waiting for you.', hold: 'Still open', holdText: 'The employer will tell you the final result later.', talk: 'Talked {time}', more: 'See other employers', toQueue: 'Back to interviews', remark: 'Remark',
  },
  device: {
    title: 'Test devices', intro: 'Check camera, microphone and speaker. Nothing is recorded.', begin: 'Begin', again: 'Test again', camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker', cameraOk: 'Can you see yourself?', micOk: 'Say something: does the bar move?', micHeard: 'We hear you', speakerAsk: 'Tap play: do you hear a tone?', play: 'Play a tone', heard: 'I hear it', notHeard: 'I do not',
    looksGood: 'Yes', looksBad: 'No', finish: 'Finish and save', passed: 'All good, you are ready', notPassed: 'Save with faults', saved: 'Result saved', state: { ok: 'good', denied: 'refused', missing: 'missing', failed: 'faulty', untested: 'untested' }, silent: 'No sound heard; please speak up', speakerAdvice: 'Check volume and mute, or try headphones.', browser: 'Browser', secureBad: 'This address is not secure (https); the browser hides the camera.',
    mpText: 'The mini-program asks for camera and microphone.', openSetting: 'Open settings',
  },
};
