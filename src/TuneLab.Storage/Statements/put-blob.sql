INSERT INTO blobs (experiment, name, content)
VALUES (@experiment, @name, @content)
ON CONFLICT (experiment, name) DO UPDATE SET content = excluded.content
