import type { Translation } from '@shared/i18n/translator';
import type * as zhCN from './recruiting.zh-CN';

/** Positions, and the schools an employer is settled at. */
export const positions: Translation<typeof zhCN.positions> = {
  title: 'Positions', lead: 'Students see a position once it has passed review; then it can go to a booth, too.', add: 'New position', search: 'Position or city', filter: 'Filter by status', pickAll: 'Select all that can be taken off', pick: 'Select {name}',
  draft: 'Draft', pending: 'In review', published: 'Published', withdrawn: 'Taken off', deleted: 'Deleted',
  name: 'Position', pay: 'Pay a month', heads: 'Openings', schools: 'Schools', validity: 'Valid until', status: 'Status', acts: 'Actions', noSchool: 'None chosen', schoolsShown: '{n} shown', schoolsHidden: '{n} not shown', over: 'Expired', long: 'Open-ended', payOpen: 'Not given', people: '{n}',
  edit: 'Edit', view: 'View', withdraw: 'Take off', withdrawPicked: 'Take off {n}', discard: 'Delete', picked: '{n} selected', clear: 'Clear selection', employer: 'Employer',
  empty: 'No positions yet', emptyHint: 'Create one and submit it; students see it once it is approved.', noMatch: 'No position matches', noMatchHint: 'Try another word or status.', failed: 'The positions could not be loaded', oneFailed: 'The position could not be loaded',
  withdrawTitle: 'Take off {n} positions?', withdrawText: 'Students no longer see them, nor do booths show them. Interviews go on. Putting them back needs another review.', withdrew: '{n} positions taken off',
  discardTitle: 'Delete “{name}”?', discardText: 'A draft that was never published is removed. One that was published is no longer shown and kept as a record only. This cannot be undone.', discarded: '“{name}” deleted',
  noEmployer: 'No employer bound yet', noEmployerHint: 'Scan the booth code from the organiser with WeChat on your phone.', employersFailed: 'Your employers could not be loaded',
};

export const form: Translation<typeof zhCN.form> = {
  newTitle: 'New position', back: 'Back to positions', basics: 'Basics', payPlace: 'Pay and place', words: 'Description', range: 'Where and how long', preview: 'As students see it', needed: 'Required',
  title: 'Position', titleHint: 'For example: backend developer', kind: 'Kind of work', full_time: 'Full time', internship: 'Internship', part_time: 'Part time', headcount: 'Openings', headcountHint: '1–9999', degree: 'Degree', degreeOrAbove: '{degree} or above', degreeAny: 'Any degree',
  years: 'Year of graduation', yearsHint: 'None chosen: any', year: 'Class of {n}', majors: 'Majors', majorsHint: 'Press Enter to add; empty: any', majorsAny: 'Any major', welfare: 'Benefits', welfareHint: 'Such as insurance or two days off, at most {n}', remove: 'Remove {name}',
  salary: 'Pay a month (yuan)', salaryFrom: 'From', salaryTo: 'To', months: 'Paid a year', monthsPaid: '{n} months', province: 'Province', provinceHint: 'Such as Zhejiang', city: 'City', cityHint: 'Such as Hangzhou', address: 'Address', addressHint: 'So that students can judge the way to work',
  duties: 'Duties', dutiesHint: 'Say what the work is, at least {n} characters', requirements: 'Requirements', requirementsHint: 'Skills the work needs; no limits by sex, marriage, household registration or school label', validUntil: 'Valid until', validHint: 'The last day, at most a year ahead; then it is taken off', headcountUnit: 'people',
  schools: 'Target schools', schoolsHint: 'Only schools you are settled at; with none it can only go to fairs', schoolsNone: 'Not settled at any school yet', schoolsGo: 'Apply to schools', schoolsAll: 'All', schoolsNoneOf: 'None', schoolEnded: 'Settlement ended', schoolStale: 'Shown again once saved', count: '{n}/{max}',
  save: 'Save draft', saveWithdrawn: 'Save', submit: 'Submit for review', resubmit: 'Save and review again', retarget: 'Update schools', recall: 'Take back to edit', saved: 'Saved', submitted: 'Submitted; you will be told the result', resubmitted: 'Saved and in review again', retargeted: 'Schools updated, no review needed', recalled: 'Taken back; you can edit it now', unsaved: 'Changes are not saved',
  leaveTitle: 'Discard unsaved changes?', leaveText: 'What is not saved on this page will be lost.', leave: 'Discard and leave', stay: 'Keep editing',
  editingPublished: 'This position is published. Changing its text sends it to review again; until it is approved students do not see it, nor do booths show it. Changing only its schools needs no review.',
  resubmitTitle: 'Save and review again?', resubmitText: 'Until it is approved, students do not see “{name}”, nor do booths at fairs show it.', resubmitDo: 'Send to review',
  pendingNote: 'Submitted {time}, in review, usually within 24 hours. Take it back to change it.', returned: 'Not approved', returnedHint: 'Change it and submit it again.', withdrawnNote: 'This position was taken off. Change it and submit it; once approved it is shown again.',
  flagsTitle: 'These words may stand in the way', flagsHint: 'They are hints only; the reviewer decides. Better change them before submitting.', changedTitle: 'A colleague has changed it', reload: 'Reload', checkBelow: 'Please complete what is marked',
  gapTitle: 'Give the position a name', gapPay: 'Give the least and the most pay', gapPayOrder: 'The least pay is above the most', gapProvince: 'Give the province', gapCity: 'Give the city', gapAddress: 'Give the address', gapDuties: 'Describe the duties (at least {n} characters)', gapRequirements: 'Describe the requirements', gapValid: 'Choose the last day', gapValidPast: 'The last day has passed', gapValidLong: 'At most a year ahead', gapHeadcount: 'Between 1 and 9999', gapField: 'Please check this field',
  previewPlace: 'Place of work', previewEmpty: 'Shown here as you write', until: 'Until {date}', hire: '{n} openings',
};

export const schools: Translation<typeof zhCN.schools> = {
  title: 'Schools', lead: 'A school shows your positions once you are settled there.', search: 'School', filter: 'Filter by status', open: 'Open', awaiting: 'Waiting', settled: 'Settled', apply: 'Apply', again: 'Apply again', withdraw: 'Withdraw',
  applied: 'Applied to {name}', withdrew: 'Withdrew from {name}', since: 'Settled {date}', appliedAt: 'Applied {date}', returned: 'Last answer: {reason}', empty: 'No school matches', emptyHint: 'Try another word or status.', failed: 'The schools could not be loaded',
  withdrawTitle: 'Withdraw the application to {name}?', withdrawText: 'You can apply again later.', settledHint: 'Choose it for new positions; published ones can be added from their page without posting anew.',
};
