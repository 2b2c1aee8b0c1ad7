namespace TuneLab.Experiments.Files;

/// <summary>A part of the experiment file that remembers where it stands.</summary>
/// <param name="path">The dotted path of keys that leads to it: <c>validate.folds</c>; empty for the root.</param>
/// <param name="place">Where a person finds it.</param>
public abstract class FileNode(string path, FilePlace place)
{
    public string Path { get; } = path;

    public FilePlace Place { get; } = place;

    /// <summary>What it is, for the message that something else was wanted.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether nothing was written after the key, or null.</summary>
    public virtual bool IsNothing => false;
}

/// <summary>Where a person finds a part: a line of the file, or an option of the command line.</summary>
/// <param name="Line">The line, from 1; options come after all lines.</param>
/// <param name="Text"><c>churn.yaml line 14</c>, or <c>--set validate.folds=1</c>.</param>
public sealed record FilePlace(int Line, string Text)
{
    public const int AfterAllLines = int.MaxValue;

    public static FilePlace OfLine(string file, int line) => new(line, file + " line " + line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A single value.</summary>
public sealed class ScalarNode(string path, FilePlace place, string text, bool quoted) : FileNode(path, place)
{
    public string Text { get; } = text;

    /// <summary>Whether it stands in quotes, which makes it a text whatever it looks like.</summary>
    public bool Quoted { get; } = quoted;

    public override string Kind => Quoted ? $"the text '{Text}'" : $"'{Text}'";

    public override bool IsNothing => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL" && !Quoted;
}

/// <summary>A list.</summary>
public sealed class ListNode(string path, FilePlace place) : FileNode(path, place)
{
    public List<FileNode> Items { get; } = [];

    public override string Kind => "a list";
}

/// <summary>A section: keys and their values in the order of the file.</summary>
public sealed class MapNode(string path, FilePlace place) : FileNode(path, place)
{
    public OrderedDictionary<string, FileNode> Entries { get; } = new(StringComparer.Ordinal);

    public override string Kind => "a section with keys";

    /// <summary>The path of a key of this section.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : Path + "." + key;
}
