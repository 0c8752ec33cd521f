/** The interview room: how a call goes on. */
export default {
  talk: {
    title: 'Typed talk', open: 'Type', placeholder: 'Type here, the other side sees it at once', send: 'Send', sending: 'Sending', failed: 'Not sent, please try again', empty: 'Both sides read what is written here, until the fair ends.', caption: 'Caption', you: 'Me', unread: '{n} new', close: 'Hide typed talk',
  },
  more: 'More', mode: { video: 'Video', audio: 'Audio', text: 'Typed' },
  switchTo: { video: 'Go on with video', audio: 'Go on with sound only', text: 'Go on typing' },
  switchHint: { video: 'Camera and microphone on', audio: 'Camera off, saves data', text: 'Camera and microphone off, type instead' },
  going: { audio: 'Interview by voice', text: 'Interview by typing' },
  peerSwitched: { video: 'The other side went back to video; turn your camera on if you like', audio: 'The other side went on with sound only', text: 'The other side went on typing' },
  cannotSee: 'It works without sound and picture too:', toText: 'Go on typing',
  device: {
    title: 'Move to another device', hint: 'Computer to phone, or back', text: 'Scan this with the other device (or open the link): it goes on with this interview as you, with the same clock and notes.', left: 'Valid for {n} s, once; do not pass it on', over: 'This code has ended', renew: 'New code', copy: 'Copy link', copied: 'Link copied',
  },
  moved: { title: 'Going on with another device', text: 'This device has left the call; the interview was not interrupted.', back: 'Back to this device' },
  take: { title: 'Go on with the interview', busy: 'Joining the interview…', failed: 'This interview cannot be joined', retry: 'Back' },
  grace: { peer: '{name} was cut off; the call waits {n} s', mine: 'You are offline; back within {n} s the interview goes on' },
  box: { left: '{time} left', soon: 'Less than a minute left', over: '{time} over the agreed time', extend: 'Extend once', extended: 'Extended once' },
  captions: { on: 'Captions on', off: 'Captions off', hint: 'Writes down what you say for the other side', none: 'What you say cannot be captioned here; you can type instead' },
  guests: {
    joined: '{name} sits in', invite: 'Ask a colleague in', inviteHint: 'A colleague joins the picture', invited: '{name} was asked in', waiting: 'Waiting for {name}', asked: 'A colleague asks you into an interview', join: 'Join', later: 'Not now', sitting: 'You are sitting in', leave: 'Leave', nobody: 'No colleague is free',
    askedBy: '{name} asks you into an interview', byMessage: 'No page open, a message is sent', messaged: '{name} has no page open; a message was sent, to join until the call ends', inboxOnly: '{name} has no page open and gets no WeChat message; the invitation is in the inbox, better phone',
    gate: 'The student and the interviewer will see and hear you. Time and result stay with the interviewer.', look: 'Show', leaveAsk: 'The interview goes on; your colleague may ask you in again.', over: 'This interview is over, or the invitation has ended',
    mini: 'Join on the web or on a computer', miniText: 'A mini-program carries the picture of one person only, and here are two. Copy the link into the phone\'s browser, or open /desk/ on a computer and scan to log in. The invitation stands until the call ends.', unseen: '{name} sits in; the mini-program cannot show or play it, use the web or a computer',
  },
  transfer: { title: 'Give it to a colleague', hint: 'Same student, same clock, same notes', done: '{name} goes on with it' },
  access: { captions: 'Captions', typed_talk: 'Typed talk', large_type: 'Large type', extra_time: 'Extra time' },
  unfit: {
    inApp: 'The browser inside this app cannot do video', inAppAdvice: 'Choose "open in browser" in its menu, or copy the link into WeChat, Chrome or Safari.', old: 'This browser is too old for video', oldAdvice: 'Update it, or use the newest WeChat, Chrome, Edge or Safari.', copy: 'Copy this page\'s link',
    silent: 'The microphone is silent', silentAdvice: 'Check that it is not muted and is the right one, come closer and speak again; else try a headset.', notPassed: 'Camera and microphone have to work before you can queue',
  },
};
