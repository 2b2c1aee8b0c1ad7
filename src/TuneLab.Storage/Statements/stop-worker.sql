UPDATE workers
SET stop = TRUE
WHERE id = @id
