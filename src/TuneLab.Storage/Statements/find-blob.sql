SELECT content
FROM blobs
WHERE experiment = @experiment AND name = @name
