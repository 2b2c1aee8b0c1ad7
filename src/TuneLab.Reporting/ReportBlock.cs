namespace TuneLab.Reporting;

/// <summary>A piece of a report that every view can render. Texts are plain: a view escapes them.</summary>
public abstract record ReportBlock;

/// <summary>A paragraph.</summary>
public sealed record ParagraphBlock(string Text) : ReportBlock;

/// <summary>A list of short sentences.</summary>
public sealed record ListBlock(IReadOnlyList<string> Items) : ReportBlock;

/// <summary>Names and values, each on a line.</summary>
public sealed record FactsBlock(IReadOnlyList<KeyValuePair<string, string>> Facts) : ReportBlock;

/// <summary>Text to copy as it is.</summary>
/// <param name="Language">For the view's colours: <c>yaml</c>, <c>sh</c>.</param>
/// <param name="Text">Lines without a last line feed.</param>
public sealed record CodeBlock(string Language, string Text) : ReportBlock;

/// <summary>A table.</summary>
/// <param name="Columns">Headers, and whether their cells are numbers.</param>
/// <param name="Rows">[rows][columns] texts; an empty one stays empty.</param>
public sealed record TableBlock(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock;

/// <summary>A column of a <see cref="TableBlock"/>.</summary>
/// <param name="Header">Its title; may be empty.</param>
/// <param name="Numeric">Whether it is set right-aligned.</param>
/// <param name="Wide">Whether its cells are long texts that need room.</param>
public sealed record TableColumn(string Header, bool Numeric = false, bool Wide = false);

/// <summary>A plot that TuneLab drew.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Alternative">The same in words, for those who can't see it.</param>
/// <param name="Svg">A whole svg element; it has its colours from the classes of the page's style sheet.</param>
public sealed record FigureBlock(string Title, string Alternative, string Svg) : ReportBlock
{
    /// <summary>Whether it is one of many of its kind, several of which stand side by side. <value>False.</value></summary>
    public bool Small { get; init; }
}
