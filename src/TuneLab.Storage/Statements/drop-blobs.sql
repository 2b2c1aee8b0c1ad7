DELETE FROM blobs
WHERE experiment = @experiment AND substr(name, 1, length(@start)) = @start
