INSERT INTO predictions (content_key, numbers, added)
VALUES (@key, @numbers, @added)
ON CONFLICT (content_key) DO NOTHING
