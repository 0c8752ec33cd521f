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
  live: { cut: 'Live updates are cut; the page still refreshes by itself', cutShort: 'Reconnecting' },
  tabs: { resume: 'Résumé', fairs: 'Fairs', interview: 'Interview', me: 'Me', inbox: 'Messages' },
  phase: {
    draft: 'In preparation', upcoming: 'Upcoming', doors_open: 'Doors open', live: 'Live', paused: 'Closed for today', ended: 'Ended', postponed: 'Postponed', cancelled: 'Cancelled',
  },
  degree: { college: 'College diploma', bachelor: 'Bachelor', master: 'Master', doctor: 'Doctorate' },
};
