DELETE FROM queue
WHERE id = @id AND version = @version
