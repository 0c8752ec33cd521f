export default {
  wait: {
    title: 'Expected wait', now: 'any moment', within: 'within {high} min', exactly: 'about {low} min', between: 'about {low}–{high} min', hours: 'about {low}–{high} h', withinHours: 'within {high} h', clock: 'your turn about {low}–{high}', past: 'later than expected, estimating again',
    sure: 'almost certainly your turn before {time}', fraction: '{part} in {whole} chance of a turn before {time}', slim: 'little chance of a turn before {time}', shortSure: 'almost certain', shortFraction: '{part} in {whole} chance', shortSlim: 'little chance',
    madeAt: 'estimated {time}', axisNow: 'now', closes: 'ends {time}', beyond: 'may run past the end', unknown: 'The wait can be told once interviews have begun', explain: 'From this booth\'s own pace: about 8 of 10 turns fall into this range', picture: 'Turn expected from {low} to {high}; ends {close}',
  },
  banner: {
    paused: 'The fair has paused new applications at this booth', closed: 'The line is closed to new applications; everybody in it is still seen', late: 'The interviewer is late, back about {time}', notice: '{text}', noticeAt: 'From the booth, {time}',
  },
  slots: 'Times you can book: {times}', quota: '{quota} interviews today · {taken} taken', quotaFull: 'All {quota} interviews of today are taken', windows: 'Interview hours', window: { over: 'over', open: 'now', coming: 'later' }, talk: 'about {n} min each', closedTag: 'Line closed', pausedTag: 'Paused',
  wanted: {
    title: 'Who should apply', degrees: 'Degree', majors: 'Major', years: 'Graduating in', year: '{year}', note: 'Note', join: ', ', misfits: { degree: 'Degree asked for: {wanted}; yours: {mine}', major: 'Major asked for: {wanted}; yours: {mine}', year: 'Graduates of {wanted} are asked for; you graduate in {mine}' }, misfit: 'not quite what is asked for here; you can still apply', fits: 'Your résumé fits what is asked for',
  },
  meter: {
    title: 'How this employer answers', median: 'Usually answers within {span}', noMedian: 'No answers yet', answered: '{n}% of applications answered', results: '{n}% of results given', overdue: '{n} applications overdue', stars: 'Rated {stars} ({n})', noStars: 'Not rated yet', seen: 'last here: {ago}', minute: '1 min',
  },
  apply: {
    promise: 'Once accepted, expect', device: 'Test your devices first', deviceText: 'Camera, microphone and speaker: about one minute. You come back here.', toDevice: 'Test devices', join: '; ',
  },
  offers: {
    title: 'You would probably not be seen', text: 'With the line as it is: {chance}. These can be kept:', slots: 'Book a time', slotsText: 'You are called first at that time, no need to wait around', similar: 'Similar booths, shorter lines', anyway: 'Queue anyway',
    take: 'Book {time}', taken: 'Booked {time}: you are called first then', inLine: '{n} in line', none: 'Nothing else can be offered right now', choose: 'Choose a time first',
  },
  hold: {
    offer: 'Wait {n} min for me', ask: 'Nearly your turn elsewhere? This booth can wait for you once: for {n} minutes your place stays and you are not called.', on: 'Waiting for you', left: 'back in line in {time}', back: 'Back early', once: 'Once per booth',
  },
  ready: {
    title: 'You are number {n}: get ready', text: 'Find a quiet, bright place, turn the sound on and keep this page open.', passing: 'Those before you are away or in other interviews: you may be called at any moment.', next: 'You are next', short: '{employer}: you are number {n}, get ready', shortNext: '{employer}: you are next', see: 'Show',
  },
  ticket: {
    slot: 'Booked {time}', slotText: 'From {time} you are called first; be back here a few minutes before', slotPending: 'Kept for you: once the employer has accepted, you are called first from {time}', slotNow: 'Your time has come: you are called next', round: 'Round {n}', missedOf: 'Missed {n}×', missedKeep: 'Missed {n} of {k}; your place is kept', missedBehind: 'Missed too often: on return you stand behind those present', behind: 'Behind those present', toDevice: 'Test your devices first, then join the line',
    first: 'Everyone once: at this fair, students without an interview today go first', secondRound: 'Invitation to round {n}', secondText: '{employer} would like to talk to you again', best: 'Similar booths', receipt: 'Why was somebody called before me?', overtaken: '{n}×', reason: 'Reason: {label}',
  },
  receipt: {
    title: 'Why was somebody called before me?', intro: 'Every time has its reason. Only the reason is told, never who.', none: 'Nobody behind you was called first', noneText: 'So far everybody was called in order.', explained: '{n}% explained',
    why: {
      busy: 'You were being called or interviewed elsewhere; your place was kept', hold: 'You had asked for a wait; your place was kept', missed: 'You had missed a call and not come back yet; your place was kept', offline: 'Your page was offline; your place was kept',
      slot: 'Somebody\'s booked time had come', assigned: 'You were assigned to another interviewer; this one called somebody behind you', desk: 'This interviewer called somebody assigned to them', first_time: 'Everyone once: somebody without an interview today went first', unknown: 'No reason was found; please ask the fair\'s staff',
    },
  },
  rating: {
    title: 'How was this interview?', text: 'Only to make the fair better; the employer sees averages.', star: '{n} stars', comment: 'Anything else? (optional)', submit: 'Send', skip: 'Skip', thanks: 'Thank you', open: 'Rate this interview', need: 'Tap the stars first', done: 'Rated',
    words: { s1: 'very poor', s2: 'poor', s3: 'fair', s4: 'good', s5: 'very good' },
    tags: { on_time: 'on time', respectful: 'respectful', clear: 'clear', professional: 'professional', late: 'late', unprepared: 'had not read my résumé', rude: 'rude', network: 'bad connection', absent: 'nobody came' },
  },
  best: { title: 'Where to next', text: 'Similar positions, shorter lines', none: 'No similar booth right now', apply: 'See' },
  needs: {
    title: 'Interview needs', intro: 'Set once: every interview adapts by itself, without explaining.', captions: 'Captions', captionsText: 'Show captions of what is said', typed: 'Typed talk', typedText: 'Typing may take the place of speaking', large: 'Large type', largeText: 'Larger type on the interview\'s page', extra: 'Extra time', extraText: 'Minutes added to every interview; costs no place', none: 'None', minutes: '+{n} min', saved: 'Saved',
    who: 'Who sees this', whoText: 'Only employers in whose line or interview you are see what to do (such as "captions on" or "10 minutes more"), never why, and it is not in your résumé. Large type changes your own screen only. Change it whenever you like.', link: 'Interview needs',
  },
  sort: { number: 'By booth', wait: 'Shortest wait', open: 'Open lines only', label: 'Order' },
};
