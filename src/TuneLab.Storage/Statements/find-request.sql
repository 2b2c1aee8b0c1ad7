SELECT request
FROM requests
WHERE experiment = @experiment
