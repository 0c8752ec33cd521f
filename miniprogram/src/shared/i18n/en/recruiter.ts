export default {
  booths: { title: 'My booths', empty: 'No booths yet', emptyText: 'Scan the recruiter code that the fair’s staff gave you.', pending: 'To review', waiting: 'In line', unfinished: 'Results owed', desktop: 'The interview hall is handier on a computer: open /desk/ and scan to log in.', toStudent: 'Switch to student' },
  hall: {
    tabs: { pending: 'To review', waiting: 'In line', done: 'Done' }, empty: { pending: 'Nothing to review', waiting: 'Nobody in line yet', done: 'No interviews yet' }, emptyText: 'New ones appear by themselves.', ringNext: 'Call the next', ringNextNamed: 'Call {name}', nobody: 'Nobody online to call', notLive: 'Interviews are not open now',
    online: 'Online', offline: 'Offline', busy: 'In interview', invited: 'Invited, waiting for an answer', nudge: 'Remind', nudged: 'Reminded {time}', cancelRing: 'Cancel', ringing: 'Calling {name}…', ringingLeft: '{n} s', toCall: 'Back to the interview', owed: 'A result is owed', fillResult: 'Give the result', invite: 'Invite', seat: 'Desk {label}', misses: 'Missed {n}×', colleagues: 'Colleagues',
    talentsHint: 'Invite from the talent list', ringNo: 'No answer; the place is kept', state: { idle: 'Free', ringing: 'Calling', in_call: 'In interview', concluding: 'Writing the result' }, verdict: { pass: 'Suitable', fail: 'Not suitable', hold: 'Open' },
  },
  candidate: {
    accept: 'Accept', reject: 'Reject', accepted: 'Accepted, now in line', rejected: 'Rejected', rejectTitle: 'Reject this application', rejectText: 'The student cannot apply to your booth again at this fair.', reason: 'Reason (optional, internal)', reasons: 'Major does not fit|Experience does not fit|Position filled|Other', contact: 'Contact', resume: 'Résumé', notes: 'Notes', call: 'Call', talk: 'Talk time',
  },
  conclude: { title: 'Result', ask: 'Result of {name}', text: 'The next call needs this result first.', remark: 'Remark (your organisation only)', remarkPlaceholder: 'e.g. Communicates well, second round advised', submit: 'Submit', submitted: 'Result saved', choose: 'Please choose a result', next: 'Back to the hall', pass: 'Suitable', fail: 'Not suitable', hold: 'Open' },
  talents: { title: 'Invite talents', search: 'Major, school, skill', empty: 'Nobody found', emptyText: 'Try another word.', invite: 'Invite', invited: 'Invitation sent', message: 'Message', messagePlaceholder: 'Say why you invite', position: 'Position', anyPosition: 'Any position', hidden: 'Contact details show once the invitation is accepted', already: 'Already in process' },
};
