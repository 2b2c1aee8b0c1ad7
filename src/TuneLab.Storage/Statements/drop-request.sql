DELETE FROM requests
WHERE experiment = @experiment
