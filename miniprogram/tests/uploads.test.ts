import { beforeEach, describe, expect, it } from 'vitest';
import { createApi, memoryKeeper, type Session, type Upload, type UploadPurpose, type VisitorUpload, type WireRequest, type WireResponse } from '@/shared/api';
import type { paths } from '@/shared/api/schema';
import { api, keeper } from '@/app/api';
import { acceptOf, misfitOf, uploadRules } from '@/shared/uploads';

/* As in contract.test.ts: this file does not compile when the hand-written types and the server's document part. */
type Sent<P extends '/api/uploads' | '/api/uploads/visitor'> = paths[P]['post']['responses'][201]['content']['application/json'];
type None<T extends never> = T;
export type Proof = [None<Exclude<keyof Upload, keyof Sent<'/api/uploads'>>>, None<Exclude<keyof VisitorUpload, keyof Sent<'/api/uploads/visitor'>>>];

const session = (name: string): Session => ({ access_token: `access-${name}`, refresh_token: `refresh-${name}`, expires_in: 7200, account: { id: 1, name: '周敏', roles: ['recruiter'] } });
const licence = { name: '营业执照.jpg', path: 'wxfile://tmp_7.jpg' };

function stage(...answers: WireResponse[]) {
  const asked: WireRequest[] = [];
  const stageApi = createApi({
    base: 'https://fair.example/api',
    keeper: memoryKeeper(session('old')),
    transport: (request) => {
      asked.push({ ...request, headers: { ...request.headers } });
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('cut'));
    },
  });
  return { asked, api: stageApi };
}

describe('a file that is sent', () => {
  it('goes as a form with its purpose and its own name, under the session, and the platform names the content type', async () => {
    const { asked, api } = stage({ status: 201, body: { id: 9 } });
    expect(await api.uploadFile(licence, 'paper')).toEqual({ id: 9 });
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://fair.example/api/uploads', form: { file: licence, fields: { purpose: 'paper', name: '营业执照.jpg' } } });
    expect(asked[0].headers).toEqual({ Accept: 'application/json', Authorization: 'Bearer access-old' });
    expect(asked[0].body).toBeUndefined();
  });

  it('goes without a token for a visitor, who gets a claim', async () => {
    const { asked, api } = stage({ status: 201, body: { claim: 'c' } });
    expect((await api.uploadVisitorFile(licence, 'appeal_statement')).claim).toBe('c');
    expect(asked[0].url).toBe('https://fair.example/api/uploads/visitor');
    expect(asked[0].headers.Authorization).toBeUndefined();
  });

  it('goes again with a renewed session, form and all', async () => {
    const { asked, api } = stage({ status: 401, body: {} }, { status: 200, body: session('new') }, { status: 201, body: { id: 9 } });
    await api.uploadFile(licence, 'logo');
    expect(asked.map((one) => one.headers.Authorization)).toEqual(['Bearer access-old', undefined, 'Bearer access-new']);
    expect(asked[2].form).toEqual(asked[0].form);
  });

  it('is not sent again by itself when the line is cut', async () => {
    const { asked, api } = stage();
    await expect(api.uploadFile(licence, 'paper')).rejects.toMatchObject({ code: 'network' });
    expect(asked).toHaveLength(1);
  });

  it('is refused in the server’s words', async () => {
    const { api } = stage({ status: 413, body: { type: '/problems/upload-too-large', title: '文件过大', detail: '文件不能超过 2 MB', most_bytes: 2_097_152 } });
    await expect(api.uploadFile(licence, 'appeal_statement')).rejects.toMatchObject({ code: 'upload-too-large', detail: '文件不能超过 2 MB' });
  });

  it('has an address with an origin where pages have none', () => {
    expect(stage().api.client.address('/api/files/abc')).toBe('https://fair.example/api/files/abc');
    expect(createApi({ base: '/api', keeper: memoryKeeper(), transport: () => Promise.reject(new Error()) }).client.address('/api/files/abc')).toBe('/api/files/abc');
  });
});

describe('the phone', () => {
  let sent: UniApp.UploadFileOption[] = [];

  beforeEach(() => {
    sent = [];
    keeper.write(session('old'));
    uni.uploadFile = ((option: UniApp.UploadFileOption) => {
      sent.push(option);
      if (option.filePath === 'cut') option.fail?.({ errMsg: 'uploadFile:fail' });
      else option.success?.({ statusCode: 201, data: '{"id": 9, "url": "/api/files/abc"}' } as UniApp.UploadFileSuccessCallbackResult);
    }) as unknown as typeof uni.uploadFile;
  });

  it('sends a path by uni.uploadFile and reads the answer, which comes as text', async () => {
    expect(await api.uploadFile(licence, 'paper')).toEqual({ id: 9, url: '/api/files/abc' });
    expect(sent[0]).toMatchObject({ url: '/api/uploads', filePath: 'wxfile://tmp_7.jpg', name: 'file', formData: { purpose: 'paper', name: '营业执照.jpg' } });
    expect(sent[0].header).toMatchObject({ Authorization: 'Bearer access-old' });
    expect(sent[0].timeout).toBeGreaterThan(60_000);
  });

  it('tells a cut line as one', async () => {
    await expect(api.uploadFile({ name: 'x.jpg', path: 'cut' }, 'paper')).rejects.toMatchObject({ code: 'network' });
  });
});

describe('what can be known before sending [A16] [A19]', () => {
  it('is the size, to the byte', () => {
    const most: Record<UploadPurpose, number> = { logo: 102_400, paper: 5_242_880, appeal_statement: 2_097_152, picture: 5_242_880 };
    for (const [purpose, bytes] of Object.entries(most) as [UploadPurpose, number][]) {
      expect(misfitOf(purpose, { size: bytes, type: 'image/jpeg' }), purpose).toBeNull();
      expect(misfitOf(purpose, { size: bytes + 1, type: 'image/jpeg' }), purpose).toBe('upload-too-large');
      expect(misfitOf(purpose, { size: 0 }), purpose).toBe('upload-empty');
    }
  });

  it('is the type, where the platform tells it', () => {
    expect(misfitOf('appeal_statement', { size: 9, type: 'image/png' })).toBe('upload-type-refused');
    expect(misfitOf('appeal_statement', { size: 9, type: '' })).toBeNull();
    expect(misfitOf('logo', { size: 9, type: 'image/svg+xml' })).toBe('upload-type-refused');
    expect(acceptOf('paper')).toBe('image/jpeg,image/png,application/pdf');
    expect(Object.values(uploadRules).flatMap((rule) => rule.types)).not.toContain('image/svg+xml');
  });
});
