import type { Translation } from '@shared/i18n/translator';
import type zhCN from './booking.zh-CN';

/** Finding a fair, registering for it, and what becomes of the enrolment. */
const en: Translation<typeof zhCN> = {
  level: { provincial: 'Provincial', school: 'School' },
  mode: { live: 'Live video', recorded: 'Recorded', offline: 'On site' },
  booking: {
    open: 'Open for enrolment', switched_off: 'No enrolment for this fair', not_yet: 'Enrolment has not begun', over: 'Enrolment is over', postponed: 'The fair is postponed', fair_over: 'The fair is over',
  },
  enrolmentStatus: {
    draft: 'Being filled in', pending: 'Under review', waitlisted: 'On the wait-list', approved: 'Approved', rejected: 'Not approved', disqualified: 'Excluded', withdrawn: 'Withdrawn',
  },
  changeStatus: { pending: 'Change to be confirmed', confirmed: 'Change confirmed', declined: 'Change declined', recalled: 'Change taken back' },
  fairs: {
    title: 'Fairs', lead: 'Find a fair and book a place for your company.', search: 'Name or host', level: 'Level', mode: 'Kind', anyLevel: 'Any level', anyMode: 'Any kind',
    host: 'Host', time: 'Time', window: 'Enrolment', windowOpen: 'No limit', windowFrom: 'from {from}', windowUntil: 'until {to}', windowBoth: '{from} to {to}', admitted: 'Companies', full: 'Full; you may register for the wait-list',
    register: 'Register', resume: 'Go on', look: 'See enrolment', enter: 'Enter hall', again: 'Register again', hasBooth: 'Booth opened by the organisers',
    empty: 'No fair fits', emptyHint: 'Try another word, or clear the filters.', failed: 'The fairs could not be loaded', clear: 'Clear filters', contact: 'Contact',
  },
  enrol: {
    title: 'Register', steps: 'Steps', stepPlace: 'Place', stepPositions: 'Positions', stepPeople: 'Interviewers', stepCheck: 'Check and submit', begin: 'Begin', beginHint: 'Choose a place and positions, name interviewers, check, submit, and wait for the review.',
    employer: 'Company', company: 'Company facts', companyHint: 'Ask the organisers to correct what has changed.', uscc: 'Credit code', nature: 'Kind', industry: 'Industry', size: 'Size', city: 'City', introduction: 'About',
    next: 'Next', previous: 'Back', submit: 'Submit', saved: 'Saved', submitted: 'Submitted; please wait for the review', closed: 'This fair takes no enrolments now',
    fullNote: 'The fair is full. You may still submit: the organisers can put your company on the wait-list, which moves up in order of submission.', heldNote: 'Once submitted, the place is kept for you until the review.', failed: 'The form could not be loaded',
    missing: 'Still missing: {what}', missingPlace: 'a place', missingPositions: 'positions', missingPeople: 'interviewers', done: 'Done', todo: 'To do', toEnrolment: 'See my enrolment', hasBooth: 'Your company has a booth at this fair; enter the hall directly.', changed: 'Saving your changes…',
  },
  plan: {
    title: 'Floor plan', none: 'No places are chosen at this fair; the organisers number the booths.', allTaken: 'All places are taken. You may submit nevertheless; the organisers will find one.', area: 'Area {area}', unnamed: 'Places', chosen: 'Place {number} chosen', choose: 'Choose a free place', legend: 'Legend',
    free: 'Free', reserved: 'Kept by the organisers', held: 'Under review', taken: 'Taken', mine: 'Mine', picked: 'Chosen', keys: 'Arrow keys move, space or enter chooses', give: 'Give it up', label: 'Place {number}, {state}',
  },
  offer: {
    title: 'Positions', lead: 'Approved positions only; choose one or more.', none: 'No positions yet', noneHint: 'Publish a position first and wait for its approval.', notApproved: 'Not approved', notApprovedHint: 'Can come once it is approved', headcount: '{n} wanted', anyMajor: 'Any major', chosen: '{n} chosen', all: 'All approved',
  },
  people: {
    title: 'Interviewers', lead: 'At least one. Names and titles help the review; phone numbers are for the organisers only.', name: 'Name', role: 'Title', phone: 'Phone', add: 'Add an interviewer', remove: 'Remove {name}', removeBlank: 'Remove this row', nameNeeded: 'Please give a name', phoneWrong: 'Please give a valid number', none: 'Nobody is named yet',
  },
  enrolments: {
    title: 'My enrolments', lead: 'How the review goes; ask for changes, or enter the hall.', empty: 'No enrolments yet', emptyHint: 'Choose a fair under “Fairs”.', toFairs: 'See the fairs', failed: 'Your enrolments could not be loaded',
    place: 'Place', noPlace: 'By the organisers', booth: 'Booth', positions: 'Positions', people: 'Interviewers', submittedAt: 'Submitted', decidedAt: 'Decided', answer: 'Answer', rank: 'Number {n} on the wait-list', details: 'Details', fold: 'Fold',
    enter: 'Enter hall', edit: 'Go on', change: 'Ask for a change', changeNow: 'Edit', withdraw: 'Withdraw', recall: 'Take the change back', recalled: 'The change was taken back', missing: 'This enrolment was not found',
    ordinary: 'Your positions stay in ordinary online recruitment, and you may register for other fairs.', waitHint: 'When room is made the list moves up in order of submission, and you are told.', pendingHint: 'A review usually takes no more than 24 hours; the result reaches your recruiters in WeChat and in the inbox.', contact: 'Questions: {contact}',
    notice: 'Notice of participation', noticeLead: '{employer}: your enrolment for “{fair}” is approved.', noticeBooth: 'Booth: {number}', noticeTime: 'Time: {time}', noticeDoors: 'From {time} you can enter the hall, check devices and read résumés', noticeBring: 'Interviewers please check camera and microphone beforehand and enter the hall in time.', print: 'Print the notice', asked: 'Asked {time}', wanted: 'Wanted instead', why: 'Why: {note}',
  },
  change: {
    title: 'Ask for a change', titleNow: 'Edit the enrolment', lead: 'Positions and interviewers are confirmed by the organisers; until then all stays as it is.', leadNow: 'This fair lets changes through: they hold at once.', note: 'Why', noteHint: 'Optional, e.g. another interviewer steps in', send: 'Ask', sendNow: 'Save', sent: 'Asked; please wait for the organisers', sentNow: 'Changed',
  },
  withdraw: {
    title: 'Withdraw from “{fair}”?', lead: 'Your place goes to the wait-list and cannot be restored; you may register anew while enrolment is open.', leadApproved: 'Students who applied or wait are told and leave the line; your place goes to the wait-list and cannot be restored.', reason: 'Reason', reasonHint: 'Optional, told to the organisers', do: 'Withdraw', done: 'You have withdrawn',
  },
};

export default en;
