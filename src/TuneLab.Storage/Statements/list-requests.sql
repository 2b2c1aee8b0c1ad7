SELECT experiment, request
FROM requests
ORDER BY experiment
