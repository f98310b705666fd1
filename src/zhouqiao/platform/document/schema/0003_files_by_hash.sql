-- A file is named by its hash: whoever brings the same bytes twice holds them once, and a device
-- names what it will upload before it can. A finished upload stays known, for whoever did not hear
-- the answer, until it is forgotten with the rest. Nothing brought files before this: no row moves.

ALTER TABLE file DROP CONSTRAINT file_pkey;
CREATE UNIQUE INDEX file_held ON file (cell, id, person) NULLS NOT DISTINCT;
DROP INDEX file_sha256;

ALTER TABLE file_link DROP CONSTRAINT file_link_pkey, ADD PRIMARY KEY (cell, file, about);

ALTER TABLE upload ADD COLUMN finished_at timestamptz;
