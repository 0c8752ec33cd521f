import type { Translation } from '@shared/i18n/translator';
import type zhCN from './zh-CN';

const en: Translation<typeof zhCN> = {
  app: { name: 'Shuangxuan', desk: 'Recruiter desk', tagline: 'Campus job fairs online, with candidates one click away' },
  common: {
    retry: 'Try again', cancel: 'Cancel', close: 'Close', confirm: 'OK', save: 'Save', loading: 'Loading…', more: 'Load more',
    search: 'Search', refresh: 'Refresh', none: 'None', unknown: 'Not given', all: 'All', back: 'Back', people: '{n} people',
  },
  nav: { booths: 'My booths', hall: 'Interview hall', talents: 'Talents', results: 'Results', devices: 'Device check', settings: 'Settings', main: 'Main' },
  phase: {
    draft: 'In preparation', upcoming: 'Not started', doors_open: 'Doors open', live: 'Live', paused: 'Closed for today',
    ended: 'Ended', postponed: 'Postponed', cancelled: 'Cancelled',
  },
  degree: { college: 'Associate', bachelor: 'Bachelor', master: 'Master', doctor: 'Doctor', any: 'Any degree' },
  status: {
    pending: 'To decide', invited: 'Invited', waiting: 'In line', held: 'Away', ringing: 'Ringing', in_call: 'In call',
    concluding: 'Result owed', finished: 'Finished', rejected: 'Rejected', declined: 'Declined', lapsed: 'Lapsed', withdrawn: 'Withdrawn',
  },
  verdict: { pass: 'Suitable', fail: 'Not suitable', hold: 'On hold' },
  presence: { online: 'Online', offline: 'Offline', busy: 'Interviewing elsewhere' },
  login: {
    title: 'Log in with WeChat', scan: 'Scan with WeChat on your phone', scanned: 'Scanned', confirmOnPhone: 'Confirm on your phone',
    confirmed: 'Logged in, opening the desk…', expired: 'This code has expired', refused: 'Cancelled on the phone', renew: 'Get a new code',
    failed: 'Cannot get a login code', helpTitle: 'First time here?',
    help1: 'First scan the booth code that the organisers gave your company, to become its recruiter;',
    help2: 'then scan the code on this page to run interviews at your PC.',
    notRecruiter: 'This WeChat account is not bound to a booth yet. Scan the booth code from the organisers first, then log in again.',
    sessionEnded: 'Your session has ended, please scan again', device: 'Desktop web',
    point1: 'Candidates, résumé and video on one screen', point2: 'In order of application, next call with one key', point3: 'Notes save themselves, results export any time',
    qrLabel: 'Login QR code',
  },
  booths: {
    title: 'My booths', hello: 'Hello, {name}', lead: 'Choose a booth to enter its interview hall.', enter: 'Enter hall', number: 'Booth {number}',
    pending: 'To decide', waiting: 'In line', unfinished: 'Results owed', empty: 'No booth yet',
    emptyHint: 'Scan the booth code from the organisers with WeChat, then refresh this page.', window: '{from} to {to}', daily: 'Daily {from}–{to}',
  },
  hall: {
    reasonWas: 'Reason', invitation: 'Invitation',
    queue: 'Candidates', resume: 'Résumé', call: 'Interview', tabPending: 'To decide', tabWaiting: 'In line', tabInvited: 'Invited', tabDone: 'Done',
    emptyPending: 'Nothing to decide', emptyPendingHint: 'New applications appear here at once.',
    emptyWaiting: 'Nobody in line', emptyWaitingHint: 'Accepted and invited candidates line up here in order of application.',
    emptyInvited: 'No open invitations', emptyInvitedHint: 'Invite people from the Talents page.', emptyDone: 'No finished interviews', emptyDoneHint: 'Interviews with a result are listed here.',
    filter: 'Filter by name, school or major', noMatch: 'No candidate matches', anyPosition: 'Any position', applied: 'applied {time}', place: 'No. {n}', misses: 'missed {n}',
    nudgedAt: 'reminded {time}', accept: 'Accept', reject: 'Reject', nudge: 'Remind', nudged: 'WeChat reminder sent', accepted: '{name} accepted, now in line',
    rejected: '{name} rejected', pick: 'Choose a candidate to read the résumé', pickHint: 'Move with J / K or the arrow keys.',
    nextUp: 'Next', nobody: 'Nobody can be called now', nobodyHint: 'Everyone is offline or busy; they are called once they return.', nobodyAtAll: 'The line is empty.',
    start: 'Start interview', callNext: 'Call next', callThis: 'Call {name}', notLive: 'The fair is “{phase}”; calls open in its hours.',
    calling: 'Calling {name}', ringHint: 'They have {n} seconds to answer', cancelRing: 'Cancel call', missed: '{name} did not answer and keeps the place in line',
    resultOwed: 'Result owed first', resultOwedHint: 'Give the result to call the next candidate.', talked: 'Talked {time}',
    verdictLabel: 'Result', remark: 'Remark', remarkHint: 'Optional, for your company only', conclude: 'Submit result', chooseVerdict: 'Choose a result first',
    concluded: 'Recorded for {name}: {verdict}', notes: 'Notes', notesHint: 'Saved as you type, visible to this booth only', notesSaved: 'Saved', notesSaving: 'Saving…', notesUnsaved: 'Not saved, retried when online',
    colleagues: 'Colleagues', alone: 'You are the only one at this booth', deskLabel: 'Your desk: {label}',
    deskIdle: 'Free', deskRinging: 'Calling', deskInCall: 'In call', deskConcluding: 'Writing result',
    returnToCall: 'Back to the call', cut: 'Live updates are cut; refreshing every {n} s', cutLong: 'Offline: showing data of {time}',
    newApplication: '{name} applied', cameOnline: '{name} is online', agreed: '{name} accepted the invitation', declined: '{name} declined the invitation',
    changedElsewhere: 'This candidate changed meanwhile; the list is up to date now', firstCheck: 'Check camera and microphone before the first call', checkNow: 'Check now',
    completeness: '{n}% complete', verdictWas: 'Result: {label}', loadFailed: 'Cannot load the hall', resumeFailed: 'Cannot load the résumé', keys: 'Shortcuts',
  },
  reject: {
    title: 'Reject {name}?', final: 'A rejected student cannot come back to this booth at this fair, nor be invited. This cannot be undone.',
    reason: 'Reason', reasonHint: 'Optional, for your company only', do: 'Reject',
    presets: 'Major does not match|Degree does not match|Position is filled|Start date does not fit',
  },
  resume: {
    basics: 'Basics', intention: 'Looking for', education: 'Education', internships: 'Internships', projects: 'Projects', campus: 'Campus life',
    skills: 'Skills', certificates: 'Certificates', self_evaluation: 'About', contact: 'Contact', phone: 'Phone', email: 'E-mail', gender: 'Gender',
    male: 'Male', female: 'Female', undisclosed: 'Undisclosed', born: 'Born', city: 'City', college: 'College', graduate: 'Class of {year}', salary: 'Salary',
    salaryRange: 'CNY {min}–{max} a month', salaryFrom: 'from CNY {min} a month', salaryTo: 'up to CNY {max} a month', cities: 'Cities', positions: 'Positions', available: 'Available', present: 'now', empty: 'This résumé is still empty',
  },
  call: {
    connecting: 'Connecting…', preparing: 'Opening the camera…', recovering: 'Network trouble, reconnecting…', waitingPeer: 'Waiting for the other side…',
    peerMuted: 'They are muted', peerCameraOff: 'Their camera is off', peerGone: 'They left for a moment, waiting…', mute: 'Mute', unmute: 'Unmute',
    cameraOff: 'Camera off', cameraOn: 'Camera on', devices: 'Devices', hangUp: 'Hang up', retry: 'Reconnect', me: 'Me', full: 'Full screen',
    denied: 'The browser may not use camera or microphone. Allow it by the icon left of the address, then try again.', missing: 'No camera or microphone found.',
    insecure: 'This page is not HTTPS, so the browser hides the camera.', busy: 'Another program holds the camera or microphone.',
    unsupported: 'This browser cannot make video calls. Use a recent Chrome or Edge.', unreachable: 'The networks cannot reach each other yet; still trying.', refused: 'The call credential expired, reconnect.',
    replaced: 'The call is open in another window', noCamera: 'No camera: going on with sound only', noMicrophone: 'No microphone: they cannot hear you', clock: 'Talk time', tapSound: 'Click to hear them',
    camera: 'Camera', microphone: 'Microphone',
  },
  devices: {
    title: 'Device check', lead: 'Before the first interview, take a minute for picture and sound.', start: 'Start', again: 'Check again', camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker',
    speak: 'Say something and watch the level', level: 'Level', heard: 'I hear it', notHeard: 'I hear nothing', play: 'Play a test tone', ok: 'OK', bad: 'Problem', untested: 'Not checked',
    lookGood: 'All good, ready for interviews', enter: 'Enter hall', browser: 'Browser', systemDefault: 'System default', silent: 'No sound yet', preview: 'Camera picture', saveFailed: 'The check was not stored; interviews work anyway',
  },
  talents: {
    title: 'Talents', lead: 'Students who entered this fair and may be invited.', search: 'Name, school, major or skill', degree: 'Degree', name: 'Name', school: 'School / major', intention: 'Looking for', skills: 'Skills',
    state: 'State', invite: 'Invite', inviteTitle: 'Invite {name}', position: 'Position', message: 'Message', messageHint: 'Optional, e.g. what makes the position attractive', send: 'Send invitation', sent: 'Invitation sent to {name}',
    empty: 'Nobody matches', emptyHint: 'Try other words or another degree.', view: 'Résumé', noContact: 'Contact is shown once the student applies or accepts', failed: 'Cannot load talents',
  },
  results: {
    title: 'Results', lead: 'Finished interviews of this booth.', name: 'Name', school: 'School', major: 'Major', degree: 'Degree', position: 'Position', verdict: 'Result', remark: 'Remark', at: 'Time',
    csv: 'Download CSV', print: 'Print', empty: 'No results yet', emptyHint: 'Interviews with a result are listed here.', total: '{n} in all', file: 'interview-results', noVerdict: 'No interview',
  },
  settings: {
    title: 'Settings', language: 'Language', theme: 'Appearance', themeAuto: 'System', themeLight: 'Light', themeDark: 'Dark', sound: 'Sounds', soundHint: 'Rings on applications, candidates coming online and answers',
    soundTest: 'Listen', devices: 'Default devices', logout: 'Log out', logoutHint: 'Only here; your phone stays logged in', account: 'Account', version: 'Version {v}', chinese: '简体中文', english: 'English',
  },
  keys: {
    title: 'Shortcuts', move: 'Move up and down', tabs: 'Switch tab', accept: 'Accept', reject: 'Reject', call: 'Call next', notes: 'Write notes', pass: 'Result: suitable', fail: 'Result: not suitable', hold: 'Result: on hold',
    mute: 'Mute on / off', camera: 'Camera on / off', nudge: 'Remind', search: 'Filter', submit: 'Submit result', help: 'Show this list', arrows: '↑ ↓',
  },
  error: { network: 'No network, please check the connection', server: 'The service is unavailable, please try later', notFound: 'Page not found', notFoundHint: 'The address may be out of date.', home: 'To my booths', denied: 'You are not a recruiter of this booth', request: 'That did not work' },
  badge: { waiting: '({n}) {title}', ringing: 'Calling…' },
};

export default en;
