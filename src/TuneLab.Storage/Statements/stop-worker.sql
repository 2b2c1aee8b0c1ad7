UPDATE workers
SET stop = 1
WHERE id = @id
