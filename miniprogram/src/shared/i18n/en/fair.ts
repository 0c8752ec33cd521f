export default {
  list: {
    title: 'Job fairs', hello: 'Hello, {name}', mine: 'My fairs', open: 'Open fairs', emptyTitle: 'No fairs yet', emptyText: 'Scan the code on a fair\'s poster to enter that fair.', scan: 'Scan to enter', enter: 'Enter',
  },
  home: {
    threshold: 'To enter: résumé completeness above {percent}%', employers: 'Employers', positions: 'Positions', register: 'Register and enter', registerBusy: 'Registering…', toHall: 'Enter the hall', loginFirst: 'Log in and register',
    registered: 'Registered', missingTitle: 'Nearly there', missingText: 'You are at {now}%, above {need}% is needed. Any of these helps:', points: '+{points}', completeness: 'Résumé completeness', ready: 'Ready to enter',
    notReady: 'Not ready yet', entry: 'Registration', daily: 'Daily hours', allDay: 'All day', introduction: 'About this fair', contact: 'Contact', safety: 'Safety', deviceTitle: 'Test camera and microphone', deviceText: 'One minute now saves the interview later', deviceDone: 'Tested: {time}',
    welcome: 'Registered. Welcome!', host: 'Host', ended: 'This fair has ended; results are under "Interview".', notYet: 'Registration opens {time}',
  },
  hall: {
    searchPlaceholder: 'Employer, position or city', allIndustries: 'All industries', inLine: '{n} in line', noLine: 'No line', desks: '{n} interviewers online', noDesk: 'No interviewer online', emptyTitle: 'No employer found', emptyText: 'Try another word, or all industries.',
    positions: '{n} positions', booth: 'Booth {n}', headcount: '{n} wanted', reset: 'Clear',
  },
  booth: {
    apply: 'Apply for an interview', choose: 'Choose a position', anyPosition: 'No particular position', confirmTitle: 'Apply for an interview', confirmText: '{employer} reads your résumé first; once accepted you wait in order of application.', confirm: 'Apply', applied: 'Applied. Keep an eye on "Interview".',
    toQueue: 'See my place', positions: 'Positions', about: 'About', duties: 'Duties', requirements: 'Requirements', majors: 'Majors', anyMajor: 'Any major', people: 'Headcount', mine: 'My status', cannot: 'You cannot apply now', inLine: 'in line', online: 'interviewers online', noPositions: 'This booth has no positions yet', unitPerson: '',
    unitDesk: '',
  },
};
