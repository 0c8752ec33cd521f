/** What a file is sent for; it can be used nowhere else. */
export type UploadPurpose = 'logo' | 'paper' | 'appeal_statement' | 'picture';
/** What may be sent without a login. */
export type VisitorPurpose = Extract<UploadPurpose, 'paper' | 'appeal_statement'>;

/** A file as the server keeps it. `url` shows it for some minutes; a form that does not use it within a day loses it. */
export interface Upload {
  id: number;
  purpose: UploadPurpose;
  name: string;
  media_type: string;
  /** Bytes. */
  size: number;
  /** Pixels; null for a PDF. */
  width: number | null;
  height: number | null;
  url: string;
}

/** A visitor's file: the claim stands for it in the form, once. */
export interface VisitorUpload extends Omit<Upload, 'id'> {
  claim: string;
}
