ALTER TABLE changelog_entry RENAME COLUMN said_by TO said_by_always;
ALTER TABLE changelog_entry ADD COLUMN said_by TEXT; -- erased some time later
UPDATE changelog_entry SET said_by = said_by_always;
ALTER TABLE changelog_entry DROP COLUMN said_by_always;
