export type Gender = 'male' | 'female' | 'undisclosed';
export type Degree = 'college' | 'bachelor' | 'master' | 'doctor';

export interface Basics {
  name?: string;
  gender?: Gender | '';
  birth_month?: string;
  phone?: string;
  email?: string;
  school?: string;
  college?: string;
  major?: string;
  degree?: Degree | '';
  graduation_year?: number | null;
  city?: string;
}

export interface Intention {
  positions?: string[];
  cities?: string[];
  salary_min?: number | null;
  salary_max?: number | null;
  available_from?: string;
}

export interface Education { school: string; major: string; degree: Degree | ''; start: string; end: string; description: string }
export interface Internship { organization: string; title: string; start: string; end: string; description: string }
export interface Project { name: string; role: string; start: string; end: string; description: string }
export interface Campus { organization: string; title: string; start: string; end: string; description: string }
export interface Skill { name: string; level: string }
export interface Certificate { name: string; issued_on: string }

export interface ResumeContent {
  basics: Basics;
  intention: Intention;
  education: Education[];
  internships: Internship[];
  projects: Project[];
  campus: Campus[];
  skills: Skill[];
  certificates: Certificate[];
  self_evaluation: { text?: string };
}

export type SectionKey = keyof ResumeContent;

export interface MissingItem {
  field: string;
  points: number;
  text: string;
}

export interface ResumeSection {
  key: SectionKey;
  title: string;
  score: number;
  max: number;
  missing: MissingItem[];
}

export interface Resume {
  version: number;
  content: ResumeContent;
  completeness: number;
  sections: ResumeSection[];
}
