import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      'max-lines': ['error', 300],
      'no-console': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['A', 'C', 'N', 'R', 'T', 'W', 'Z', 'Enter', 'Esc', '1', '2', '·', '+'] }], // names of keys
      'no-restricted-globals': ['error', { name: 'fetch', message: 'requests go through @/api' }],
    },
  },
);
