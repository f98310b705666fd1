-- Files: rows about bytes that lie in the content store, by their hash.

CREATE TABLE file (
  id      text PRIMARY KEY,
  cell    text NOT NULL,
  scope   text NOT NULL,
  person  text,
  unit    text,
  sha256  text NOT NULL,
  size    bigint NOT NULL,
  media   text NOT NULL,
  name    text NOT NULL,
  kept_at timestamptz NOT NULL
);
CREATE INDEX file_sha256 ON file (cell, sha256);
CREATE INDEX file_kept_at ON file (cell, kept_at);
SELECT guard('file');

-- What a file belongs to. Repeats what is known of the file, for those who see only the link.
CREATE TABLE file_link (
  file   text NOT NULL,
  about  text NOT NULL,
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text,
  unit   text,
  sha256 text NOT NULL,
  size   bigint NOT NULL,
  media  text NOT NULL,
  name   text NOT NULL,
  at     timestamptz NOT NULL,
  PRIMARY KEY (file, about)
);
CREATE INDEX file_link_about ON file_link (cell, about);
SELECT guard('file_link');

CREATE TABLE upload (
  id       text PRIMARY KEY,
  cell     text NOT NULL,
  scope    text NOT NULL,
  person   text,
  unit     text,
  sha256   text NOT NULL,
  size     bigint NOT NULL,
  name     text NOT NULL,
  begun_at timestamptz NOT NULL
);
CREATE INDEX upload_begun_at ON upload (cell, begun_at);
SELECT guard('upload');
