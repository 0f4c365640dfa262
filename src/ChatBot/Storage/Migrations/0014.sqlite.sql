ALTER TABLE check_history ADD COLUMN clock TEXT NOT NULL DEFAULT ''; -- the program and host whose clock told both moments; '' for what was stored before
ALTER TABLE check_history ADD COLUMN problem_at BIGINT;              -- the own time of the last report of a problem
ALTER TABLE check_history ADD COLUMN well_at BIGINT;                 -- the own time of the last report that all is well
