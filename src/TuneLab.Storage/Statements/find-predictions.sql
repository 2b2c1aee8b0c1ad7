SELECT numbers
FROM predictions
WHERE content_key = @key
