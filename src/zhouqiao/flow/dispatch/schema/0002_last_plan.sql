-- Plans in the order they were made: a unit serves the last one made for it, and no other.
ALTER TABLE plan ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX plan_last ON plan (cell, unit, seq) WHERE unit IS NOT NULL;
DROP INDEX plan_unit;
