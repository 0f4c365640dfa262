ALTER TABLE incident ADD COLUMN source TEXT; -- the program that told of it first; null where that was not kept yet
