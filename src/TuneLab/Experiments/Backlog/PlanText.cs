namespace TuneLab.Experiments.Backlog;

/// <summary>The text of an experiment file whose outermost keys are replaced while all else, comments too, stays as a person wrote it. It reads lines, not YAML: who uses it reads the outcome and compares.</summary>
internal sealed class PlanText(string text)
{
    private readonly List<string> _lines = [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    /// <summary>Sets a key, at its place, else behind the key that was set before, else at the beginning.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">YAML on one line; null: the key is taken out.</param>
    /// <param name="behind">The key behind which a new one goes.</param>
    public void Put(string key, string? value, string? behind)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _lines.RemoveRange(at, End(at) - at);
        }
        else
        {
            var before = behind is null ? -1 : Find(behind);
            at = before >= 0 ? End(before) : Beginning();
        }

        if (value is not null)
        {
            _lines.Insert(at, key + ": " + value);
        }
    }

    /// <summary>Puts comments before everything but the line that points editors to the schema.</summary>
    public void Preface(IEnumerable<string> comments) => _lines.InsertRange(_lines.Count > 0 && _lines[0].StartsWith("# yaml-language-server:", StringComparison.Ordinal) ? 1 : 0, comments);

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', _lines) + "\n";

    private int Find(string key)
        => _lines.FindIndex(l => l.StartsWith(key, StringComparison.Ordinal) && l[key.Length..].TrimStart().StartsWith(':'));

    // what belongs to a key is indented, or a list's hyphen; comments before the next key belong to that
    private int End(int at)
    {
        var end = at + 1;
        while (end < _lines.Count && (_lines[end].Length == 0 || _lines[end][0] is ' ' or '\t' or '#' or '-' or '}' or ']'))
        {
            end++;
        }

        while (end > at + 1 && (_lines[end - 1].Length == 0 || _lines[end - 1][0] == '#'))
        {
            end--;
        }

        return end;
    }

    private int Beginning()
    {
        var first = _lines.FindIndex(l => l.Length > 0 && l[0] != '#' && l != "---");
        return first < 0 ? _lines.Count : first;
    }
}
