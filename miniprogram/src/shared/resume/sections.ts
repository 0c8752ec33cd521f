/** The sections of a résumé as forms: which fields, how they are entered, what may be stored. */
import type { ResumeContent, SectionKey } from '../api/types';

export type FieldKind = 'text' | 'long' | 'month' | 'until' | 'year' | 'number' | 'choice' | 'words';

export interface FieldSpec {
  key: string;
  kind: FieldKind;
  /** Key of the label and of the hint, where it is not the field's own name. */
  label?: string;
  hint?: string;
  /** Which texts name the choices: `gender`, `degree`, `level`. */
  choices?: { group: 'gender' | 'degree' | 'level'; values: string[] };
  pattern?: RegExp;
  limit?: number;
  /** Without it an item of a list is not stored yet. */
  required?: boolean;
}

export interface SectionSpec {
  key: SectionKey;
  list: boolean;
  fields: FieldSpec[];
}

const DEGREE = { group: 'degree', values: ['college', 'bachelor', 'master', 'doctor'] } as const;
const choice = (key: string, choices: FieldSpec['choices']): FieldSpec => ({ key, kind: 'choice', choices });
const degree = choice('degree', { group: DEGREE.group, values: [...DEGREE.values] });
const span: FieldSpec[] = [{ key: 'start', kind: 'month' }, { key: 'end', kind: 'until' }];
const story: FieldSpec = { key: 'description', kind: 'long', limit: 2000, hint: 'description' };
const text = (key: string, limit: number, more: Partial<FieldSpec> = {}): FieldSpec => ({ key, kind: 'text', limit, ...more });

const experience = (key: SectionKey): SectionSpec => ({
  key,
  list: true,
  fields: [text('organization', 60, { required: true, hint: 'organization' }), text('title', 40, { hint: 'title' }), ...span, story],
});

export const SECTIONS: SectionSpec[] = [
  {
    key: 'basics',
    list: false,
    fields: [
      text('name', 20, { hint: 'name' }),
      choice('gender', { group: 'gender', values: ['male', 'female', 'undisclosed'] }),
      { key: 'birth_month', kind: 'month' },
      text('phone', 11, { hint: 'phone', pattern: /^1[3-9]\d{9}$/ }),
      text('email', 100, { hint: 'email', pattern: /^[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}$/ }),
      text('school', 60, { hint: 'school' }),
      text('college', 60, { hint: 'college' }),
      text('major', 60, { hint: 'major' }),
      degree,
      { key: 'graduation_year', kind: 'year' },
      text('city', 40, { hint: 'city' }),
    ],
  },
  {
    key: 'intention',
    list: false,
    fields: [
      { key: 'positions', kind: 'words', limit: 30, hint: 'positions' },
      { key: 'cities', kind: 'words', limit: 20, hint: 'cities' },
      { key: 'salary_min', kind: 'number', hint: 'salary' },
      { key: 'salary_max', kind: 'number', hint: 'salary' },
      { key: 'available_from', kind: 'month' },
    ],
  },
  { key: 'education', list: true, fields: [text('school', 60, { required: true, hint: 'school' }), text('major', 60, { hint: 'major' }), degree, ...span, { ...story, limit: 1000 }] },
  experience('internships'),
  { key: 'projects', list: true, fields: [text('name', 60, { required: true, label: 'project_name' }), text('role', 40, { hint: 'role' }), ...span, story] },
  experience('campus'),
  {
    key: 'skills',
    list: true,
    fields: [text('name', 30, { required: true, label: 'skill_name' }), choice('level', { group: 'level', values: ['了解', '熟悉', '精通'] })],
  },
  { key: 'certificates', list: true, fields: [text('name', 60, { required: true, label: 'certificate_name' }), { key: 'issued_on', kind: 'month' }] },
  { key: 'self_evaluation', list: false, fields: [{ key: 'text', kind: 'long', limit: 1000, hint: 'text' }] },
];

export const sectionSpec = (key: SectionKey): SectionSpec => SECTIONS.find((section) => section.key === key) ?? SECTIONS[0];

export type Item = Record<string, unknown>;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** Fields of an entry that are filled in wrongly: they stay on the page and are not sent. */
export function wrongFields(spec: SectionSpec, item: Item): string[] {
  const wrong = spec.fields.filter((f) => f.pattern && !isBlank(item[f.key]) && !f.pattern.test(String(item[f.key]).trim())).map((f) => f.key);
  const { start, end, salary_min: low, salary_max: high } = item as Record<string, string | number>;
  if (start && end && end !== 'present' && start > end) wrong.push('end');
  if (low && high && Number(low) > Number(high)) wrong.push('salary_max');
  return wrong;
}

export const lacksName = (spec: SectionSpec, item: Item): boolean => spec.fields.some((f) => f.required && isBlank(item[f.key]));

/** What of the page's content may be stored now: nothing half typed, nothing blank. */
export function storable<K extends SectionKey>(key: K, content: ResumeContent[K]): ResumeContent[K] {
  const spec = sectionSpec(key);
  const clean = (item: Item): Item => {
    const wrong = wrongFields(spec, item);
    return Object.fromEntries(Object.entries(item).filter(([name, value]) => !isBlank(value) && !wrong.includes(name)));
  };
  if (!spec.list) return clean(content as Item) as ResumeContent[K];
  return (content as unknown as Item[]).filter((item) => !lacksName(spec, item)).map(clean) as unknown as ResumeContent[K];
}

/** A section as the page edits it: present even when the server has nothing yet. */
export function editable<K extends SectionKey>(key: K, content: Partial<ResumeContent> | undefined): ResumeContent[K] {
  const spec = sectionSpec(key);
  const found = content?.[key] as unknown;
  return JSON.parse(JSON.stringify(found ?? (spec.list ? [] : {}))) as ResumeContent[K];
}

export function isFilled(content: Partial<ResumeContent> | undefined, key: SectionKey): boolean {
  const found = content?.[key] as unknown;
  return Array.isArray(found) ? found.length > 0 : Object.values((found ?? {}) as Item).some((value) => !isBlank(value));
}
