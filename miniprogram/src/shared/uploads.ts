import type { UploadPurpose } from './api/types';

export interface UploadRule {
  /** What the server takes, by content. */
  types: string[];
  /** Bytes. */
  mostBytes: number;
}

/** What is taken for each purpose, told before a person waits for nothing. The server decides; a test there keeps the two alike. */
export const uploadRules: Record<UploadPurpose, UploadRule> = {
  logo: { types: ['image/jpeg', 'image/png', 'image/webp'], mostBytes: 102_400 },
  paper: { types: ['image/jpeg', 'image/png', 'application/pdf'], mostBytes: 5_242_880 },
  appeal_statement: { types: ['image/jpeg'], mostBytes: 2_097_152 },
  picture: { types: ['image/jpeg', 'image/png', 'image/webp'], mostBytes: 5_242_880 },
};

export type UploadMisfit = 'upload-empty' | 'upload-too-large' | 'upload-type-refused';

/** For an `<input type="file">`. */
export const acceptOf = (purpose: UploadPurpose): string => uploadRules[purpose].types.join(',');

/** Why a chosen file need not be sent, by the code of the server's refusal. A type that the platform does not tell is left to the server. */
export function misfitOf(purpose: UploadPurpose, file: { size: number; type?: string }): UploadMisfit | null {
  const rule = uploadRules[purpose];
  if (file.size === 0) return 'upload-empty';
  if (file.type && !rule.types.includes(file.type)) return 'upload-type-refused';
  return file.size > rule.mostBytes ? 'upload-too-large' : null;
}
