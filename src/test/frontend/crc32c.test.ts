import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from '../../../frontend/note/crc32c.ts';
import { countWords } from '../../../frontend/note/unsent.ts';

test('the sum is the CRC-32C of the text as UTF-16LE', () => {
  assert.equal(crc32c(''), 0);
  // reference values computed with java.util.zip.CRC32C
  assert.equal(crc32c('12345678'), 723242166);
  assert.equal(crc32c('工资🙂'), 2690694780);
});

test('a Chinese character is a word, and so is a run of letters', () => {
  assert.equal(countWords('宿舍 back pay'), 4);
  assert.equal(countWords(''), 0);
  assert.equal(countWords('Hall 2, 调解'), 4);
});
