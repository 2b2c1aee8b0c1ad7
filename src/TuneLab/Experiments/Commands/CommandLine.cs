using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TuneLab.Experiments.Commands;

/// <summary>
/// A program and its arguments with placeholders. Words are parted by white space; single or double quotes keep a word together and may begin or end inside it; a backslash is a backslash, so that Windows'
/// paths need no care. <c>{name}</c> is a placeholder, also in quotes; <c>{{</c> and <c>}}</c> are braces. What fills a placeholder is never read again: it can't part words, open quotes or reach a shell,
/// which there is none of. Immutable.
/// </summary>
internal sealed class CommandLine
{
    private readonly IReadOnlyList<Word> _words;

    private CommandLine(IReadOnlyList<Word> words) => _words = words;

    /// <summary>The placeholders, each once, in the order in which they first stand.</summary>
    public IReadOnlyList<string> Placeholders => [.. _words.SelectMany(w => w.Parts).Where(p => p.IsPlaceholder).Select(p => p.Text).Distinct()];

    /// <summary>Reads it.</summary>
    /// <param name="text">One line or more.</param>
    /// <param name="line">The command line.</param>
    /// <param name="fault">What is wrong, as a sentence's end.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CommandLine? line, [NotNullWhen(false)] out string? fault)
    {
        var words = new List<Word>();
        var at = 0;
        (line, fault) = (null, null);
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                break;
            }

            var word = new Word();
            if ((fault = word.Read(text, ref at)) is not null)
            {
                return false;
            }

            words.Add(word);
        }

        if (words.Count == 0)
        {
            fault = "it names no program";
            return false;
        }

        line = new CommandLine(words);
        return true;
    }

    /// <summary>The program and its arguments.</summary>
    /// <param name="values">For every placeholder.</param>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, string> values) => [.. _words.Select(w => string.Concat(w.Parts.Select(p => p.IsPlaceholder ? values[p.Text] : p.Text)))];

    /// <summary>Words as a line that <see cref="TryParse"/> reads back.</summary>
    public static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word)
    {
        var braced = word.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        if (word.Length > 0 && !word.Any(c => char.IsWhiteSpace(c) || c is '"' or '\''))
        {
            return braced;
        }

        // a quote of the one kind stands in quotes of the other
        return "\"" + braced.Replace("\"", "\"'\"'\"", StringComparison.Ordinal) + "\"";
    }

    private readonly record struct Part(string Text, bool IsPlaceholder);

    private sealed class Word
    {
        private readonly List<Part> _parts = [];
        private readonly StringBuilder _plain = new();

        public IReadOnlyList<Part> Parts => _parts;

        /// <summary>Reads up to the white space behind the word; answers what is wrong.</summary>
        public string? Read(string text, ref int at)
        {
            char? quote = null;
            for (; at < text.Length && (quote is not null || !char.IsWhiteSpace(text[at])); at++)
            {
                var c = text[at];
                if (c == quote || (quote is null && c is '"' or '\''))
                {
                    quote = quote is null ? c : null;
                }
                else if (c is '{' or '}')
                {
                    if (at + 1 < text.Length && text[at + 1] == c)
                    {
                        _plain.Append(c);
                        at++;
                    }
                    else if (Placeholder(text, ref at) is { } fault)
                    {
                        return fault;
                    }
                }
                else
                {
                    _plain.Append(c);
                }
            }

            EndPlain();
            return quote is null ? null : $"a quote ({quote}) is not closed";
        }

        private string? Placeholder(string text, ref int at)
        {
            var end = text[at] == '{' ? text.IndexOf('}', at) : -1;
            if (end < 0 || !IsName(text.AsSpan(at + 1, end - at - 1)))
            {
                return $"'{text[at..(end < 0 ? Math.Min(text.Length, at + 20) : end + 1)]}' is no placeholder like {{learning_rate}}; for a brace itself write {text[at]}{text[at]}";
            }

            EndPlain();
            _parts.Add(new Part(text[(at + 1)..end], true));
            at = end;
            return null;
        }

        private void EndPlain()
        {
            if (_plain.Length > 0)
            {
                _parts.Add(new Part(_plain.ToString(), false));
                _plain.Clear();
            }
        }
    }

    /// <summary>Whether a parameter of that name can be a placeholder: letters, digits, underscores, points and hyphens, a letter or an underscore first.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
            {
                return false;
            }
        }

        return name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_');
    }
}
