SELECT experiment, note, added
FROM notes
ORDER BY added, id
