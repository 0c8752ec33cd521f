import account from './account';
import base from './base';
import fair from './fair';
import interview from './interview';
import line from './line';
import problem from './problem';
import recruiter from './recruiter';
import resume from './resume';
import room from './room';

export default { ...base, ...account, fair, interview, line, problem, recruiter, resume, room };
