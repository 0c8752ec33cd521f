export default {
  title: 'My résumé', completeness: 'Completeness', full: 'Your résumé is complete', toImprove: '{n} points to gain', preview: 'Preview', missing: 'Missing: {text}', filled: 'Complete', score: '{score}/{max}', noItems: 'Nothing yet',
  tip: 'Completeness decides whether you may enter a fair; every point is shown here.', addItem: 'Add one', removed: 'Deleted', itemOf: 'No. {n}', chips: 'Type, then add', emptySection: 'Add your first entry: {title}', present: 'Present', choose: 'Choose', invalidMonth: 'The start cannot be after the end',
  previewEmpty: 'Your résumé is empty', previewEmptyText: 'What you fill in is what employers read here.', fillNow: 'Fill it in', conflict: 'Your résumé was changed elsewhere; saving again keeps this page', wrong: 'Not valid, this field is not saved yet', needName: 'Saved once "{field}" is filled in',
  section: {
    basics: 'Basics', intention: 'Looking for', education: 'Education', internships: 'Internships', projects: 'Projects', campus: 'Campus life', skills: 'Skills', certificates: 'Certificates', self_evaluation: 'About me',
  },
  field: {
    name: 'Name', gender: 'Gender', birth_month: 'Month of birth', phone: 'Phone', email: 'E-mail', school: 'School', college: 'College', major: 'Major', degree: 'Degree', graduation_year: 'Year of graduation', city: 'City',
    positions: 'Positions', cities: 'Cities', salary_min: 'Lowest monthly pay (yuan)', salary_max: 'Highest monthly pay (yuan)', available_from: 'Available from', start: 'Start', end: 'End', description: 'Description', organization: 'Organisation', title: 'Title', role: 'Role', level: 'Level', issued_on: 'Awarded', text: 'About me',
    project_name: 'Project', skill_name: 'Skill', certificate_name: 'Certificate or award',
  },
  hint: {
    name: 'As on your ID', phone: '11-digit mobile number', email: 'An address you read', school: 'Full name of the school', college: 'Your college', major: 'Full name of the major', city: 'e.g. Wuhan', positions: 'e.g. Software engineer', cities: 'e.g. Shanghai', salary: 'e.g. 8000',
    description: 'What you did, how, and what came of it', text: 'Your strengths, character and hopes in a few sentences', organization: 'Name of the organisation', title: 'e.g. Operations intern', role: 'e.g. Back-end developer', name2: 'Please give a name',
  },
  gender: { male: 'Male', female: 'Female', undisclosed: 'Rather not say' },
  level: { 了解: 'Basic', 熟悉: 'Good', 精通: 'Expert' },
  years: 'Class of {n}', contactHidden: 'An employer sees your contact details only after you apply there', salaryRange: 'Expected pay', personal: 'Personal',
};
