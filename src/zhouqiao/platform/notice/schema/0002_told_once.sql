-- What a fact is told by: everybody hears of one fact once in the same words.
ALTER TABLE notice ADD COLUMN cause text;
CREATE UNIQUE INDEX notice_once ON notice (cell, person, code, cause) WHERE cause IS NOT NULL;
