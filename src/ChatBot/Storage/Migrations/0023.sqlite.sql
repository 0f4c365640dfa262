ALTER TABLE changelog_entry ADD COLUMN by_hand BIGINT NOT NULL DEFAULT 0;    -- a person wrote it in the machine's file, and a mail brought it
ALTER TABLE changelog_entry ADD COLUMN dated BIGINT NOT NULL DEFAULT 0;      -- how exact its time is: 0 to the minute, 1 to the day, 2 not at all
ALTER TABLE changelog_entry ADD COLUMN folder TEXT NOT NULL DEFAULT '';      -- of a machine with several changelogs
ALTER TABLE changelog_entry ADD COLUMN learned_at BIGINT NOT NULL DEFAULT 0; -- when the bot learned of it
ALTER TABLE changelog_entry ADD COLUMN mark BIGINT;                          -- of its text: what comes again with another mail is the same
ALTER TABLE changelog_entry ADD COLUMN strikes BIGINT;                       -- the entry that this one takes back
UPDATE changelog_entry SET learned_at = at;
DROP INDEX changelog_entry_machine;
CREATE INDEX changelog_entry_machine ON changelog_entry (machine, at, id);
CREATE INDEX changelog_entry_learned ON changelog_entry (learned_at, id);
CREATE INDEX changelog_entry_mark ON changelog_entry (machine, mark);
CREATE INDEX changelog_entry_author ON changelog_entry (said_by, id);
CREATE UNIQUE INDEX changelog_entry_strikes ON changelog_entry (strikes) WHERE strikes IS NOT NULL;

CREATE TABLE changelog_todo (         -- an empty box in an entry
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    entry    BIGINT NOT NULL,
    said     TEXT   NOT NULL,
    ended_by BIGINT                   -- the entry that ticked it or took its own back; 0 where it was removed from the file
);
