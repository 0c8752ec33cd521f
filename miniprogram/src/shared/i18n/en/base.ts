export default {
  brand: 'Shuangxuan',
  slogan: 'Where employers and graduates choose each other',
  title: {
    pages: { fairs: 'Job fairs', resume: 'Résumé', scan: 'Scan', login: 'Log in', me: 'Me', inbox: 'Messages' },
    'pages-fair': { home: 'Job fair', hall: 'Hall', booth: 'Booth' },
    'pages-resume': { preview: 'Résumé preview' },
    'pages-interview': { queue: 'Interviews', call: 'Interview', take: 'Go on', device: 'Test devices', result: 'Result', needs: 'Interview needs' },
    'pages-recruiter': { booths: 'My booths', hall: 'Interview hall', candidate: 'Candidate', conclude: 'Give the result', talents: 'Invite talents' },
  },
  act: {
    toFair: 'Enter the fair', retry: 'Try again', cancel: 'Cancel', confirm: 'OK', save: 'Save', remove: 'Delete', undo: 'Undo', close: 'Close', back: 'Back',
    more: 'Load more', copy: 'Copy link', edit: 'Edit', add: 'Add', all: 'All', search: 'Search', done: 'Done', continue: 'Continue', know: 'Got it',
  },
  state: {
    loading: 'Loading', offlineTitle: 'You seem to be offline', offlineText: 'Check your connection, then try again.',
    errorTitle: 'This page did not load', noMore: 'That is all', saved: 'Saved', saving: 'Saving…', unsaved: 'Unsaved changes', saveFailed: 'Not saved',
    copied: 'Link copied', refreshed: 'Up to date',
  },
  live: { cut: 'Live updates are cut; the page still refreshes every {seconds} s', cutShort: 'Reconnecting' },
  tabs: { resume: 'Résumé', fairs: 'Fairs', interview: 'Interview', me: 'Me', inbox: 'Messages' },
  phase: {
    draft: 'In preparation', upcoming: 'Upcoming', doors_open: 'Doors open', live: 'Live', paused: 'Closed for today', ended: 'Ended', postponed: 'Postponed', cancelled: 'Cancelled',
  },
  degree: { college: 'College diploma', bachelor: 'Bachelor', master: 'Master', doctor: 'Doctorate' },
  problem: {
    network: 'No connection. Check your network and try again.', server: 'The service is not available right now. Please try again later.',
    'not-in-fair': 'Please enter the fair first', 'outside-application-hours': 'Applications are closed at this time', 'already-in-line': 'You are already in line at this booth',
    'rejected-here': 'This employer has already decided on your application at this fair', 'booth-closed': 'This booth no longer recruits', 'position-not-here': 'This position is not offered at this booth',
    'resume-changed': 'Your résumé was changed elsewhere; saving again keeps this page', 'resume-incomplete': 'Your résumé is not complete enough yet', 'fair-not-open': 'The fair is not open for entry now',
    'line-closed': 'This line is closed to new applications', 'line-paused': 'Applications to this booth are paused', 'quota-reached': 'All interviews of today are taken here', 'device-untested': 'Please test your devices first',
    'unlikely-to-be-seen': 'With this line you would probably not be seen', 'slot-taken': 'That time was just taken, choose another', 'slot-not-offered': 'The line got shorter: no need to book a time', 'slots-clash': 'You have booked a time close to this one', 'hold-used': 'A wait can be asked for once per booth',
    'scene-unknown': 'This code is not recognised', 'code-unknown': 'This recruiter code does not exist', 'code-used': 'This recruiter code has been used', 'code-revoked': 'This recruiter code was revoked',
    'code-expired': 'This recruiter code has expired', 'nobody-to-call': 'There is nobody to call right now', 'desk-busy': 'Please give the result of the last interview first', 'fair-not-live': 'Interviews are not open at this time',
    'student-busy': 'The student is in another interview; the place is kept', 'student-offline': 'The student is offline; you can send a reminder', 'not-next-in-line': 'Somebody else is ahead in line',
    'http-401': 'Your login has expired. Please log in again.', 'http-403': 'You may not do this', 'http-429': 'Too many attempts. Please wait a moment.',
  },
};
