-- A session knows by whose word it began (no issuer: by a secret of ours), and when its person last proved who they are.
ALTER TABLE session ADD COLUMN issuer text, ADD COLUMN proved_at timestamptz;
CREATE INDEX external_login_person ON external_login (person);
