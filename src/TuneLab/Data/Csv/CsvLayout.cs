using CsvHelper;
using TuneLab.Errors;

namespace TuneLab.Data.Csv;

/// <summary>How the file is laid out: separator, header and column names.</summary>
/// <param name="Options">The parser's options, with which the header is an ordinary record. A separator that was not given is left to be found again, so that Excel's first line <c>sep=;</c> is skipped again.</param>
/// <param name="Separator">The field separator.</param>
/// <param name="HasHeader">Whether the first record names the columns.</param>
/// <param name="Names">The columns' names, distinct and not empty.</param>
internal sealed record CsvLayout(CsvReaderOptions Options, char Separator, bool HasHeader, IReadOnlyList<string> Names)
{
    private const int SampleRecords = 200;

    /// <summary>Finds what <paramref name="options"/> leave open from the first records.</summary>
    /// <exception cref="InputException">The file is empty, or has a header and nothing else, or its header has empty or repeated names.</exception>
    public static CsvLayout Find(CsvSource source, CsvOptions options)
    {
        var parser = new CsvReaderOptions { Separator = options.Separator, HasHeader = false, TrimWhitespace = true };
        var sample = new List<string[]>();
        char separator;
        using (var reader = source.Read(parser))
        {
            separator = options.Separator ?? reader.Separator;
            while (sample.Count < SampleRecords && reader.Read())
            {
                sample.Add(reader.Current.ToArray());
            }
        }

        if (sample.Count == 0)
        {
            throw new InputException($"{source.Name} is empty.", "A CSV file with a header line and at least one row is expected.");
        }

        var missing = new MissingTokens(options.Missing);
        var hasHeader = options.Header ?? HeaderSniffer.LooksLikeHeader(sample, missing);
        if (hasHeader && sample.Count == 1)
        {
            throw new InputException($"{source.Name} has a header and no rows.", "If its only line is data, say header: false.");
        }

        // a column without a name, such as the index that other tools write first, is called after its place
        var names = sample[0].Select((n, i) => hasHeader && n.Trim() is { Length: > 0 } name ? name : $"column{i + 1}").ToArray();
        CheckNames(source.Name, names);
        return new CsvLayout(parser, separator, hasHeader, names);
    }

    private static void CheckNames(string file, string[] names)
    {
        var repeated = names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"'{g.Key}' ({g.Count()} times)").ToArray();
        if (repeated.Length > 0)
        {
            throw new InputException($"{file}: the header repeats {string.Join(", ", repeated)}.", "Give every column a name of its own in the first line, or say header: false if that line is data.");
        }
    }
}
