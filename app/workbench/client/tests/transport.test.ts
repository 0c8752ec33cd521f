import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserTransport } from '@/api/transport';

const asked: RequestInit[] = [];

function answer(status: number, text: string): void {
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push(init);
    return Promise.resolve(new Response(text, { status }));
  });
}

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

describe('the desk\'s way out', () => {
  it('sends a body as JSON', async () => {
    answer(200, '{"id": 7}');
    expect(await browserTransport({ method: 'POST', url: '/api/x', headers: {}, body: { a: 1 } })).toEqual({ status: 200, body: { id: 7 } });
    expect(asked[0].body).toBe('{"a":1}');
  });

  it('sends a file as a form and leaves the content type to the browser', async () => {
    answer(201, '{"id": 9}');
    const file = { name: '授权书.pdf', blob: new Blob(['%PDF-1.7'], { type: 'application/pdf' }) };
    await browserTransport({ method: 'POST', url: '/api/uploads', headers: { Accept: 'application/json' }, form: { file, fields: { purpose: 'paper', name: file.name } } });
    const form = asked[0].body as FormData;
    expect(form).toBeInstanceOf(FormData);
    expect([form.get('purpose'), form.get('name')]).toEqual(['paper', '授权书.pdf']);
    expect((form.get('file') as File).name).toBe('授权书.pdf');
    expect((form.get('file') as File).size).toBe(8);
    expect(asked[0].headers).toEqual({ Accept: 'application/json' });
  });

  it('refuses a file that no input gave', async () => {
    answer(201, '{}');
    await expect(browserTransport({ method: 'POST', url: '/api/uploads', headers: {}, form: { file: { name: 'x', path: '/tmp/x' }, fields: {} } })).rejects.toThrow(TypeError);
    expect(asked).toHaveLength(0);
  });

  it('answers nothing for a gateway\'s HTML page', async () => {
    answer(413, '<html>');
    expect(await browserTransport({ method: 'GET', url: '/api/x', headers: {} })).toEqual({ status: 413, body: {} });
  });
});
