UPDATE experiments
SET name = @name, updated = @now
WHERE identity = @identity AND name <> @name
