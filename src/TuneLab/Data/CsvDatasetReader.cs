using TuneLab.Data.Csv;
using TuneLab.Errors;

namespace TuneLab.Data;

/// <summary>
/// Reads a CSV file into a <see cref="Dataset"/>: UTF-8, UTF-16 with a byte order mark, or Windows-1252 where the bytes are no UTF-8; comma, semicolon, tab or bar;
/// quoted fields with line breaks. Types are inferred from all values, not from the first ones; see <see cref="ColumnType"/> and <see cref="CsvOptions.Types"/>.
/// <para><b>Inference.</b> <c>true/false</c>, <c>yes/no</c>, <c>t/f</c> in any case are booleans, 0 and 1 numbers. Whole numbers with leading zeros are categories. Numbers have a decimal
/// point, or a comma in a file with semicolons when no value of the column has a point. Dates are ISO, day first with points, or with English month names; with slashes only when
/// the values tell day and month apart. Values of several words, most of them distinct, are text, all others categories.</para>
/// </summary>
public static class CsvDatasetReader
{
    private const int SampleRows = 1000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is not to be found from the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">No such file, not a text, empty, header only, a bad header, a record of another length, an unknown column in the options, or a value that is not of the declared type.</exception>
    public static Dataset Read(string path, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var source = CsvSource.Open(path, cancellationToken);
        return Read(source, options ?? new CsvOptions(), cancellationToken);
    }

    /// <summary>Reads a stream from where it stands; it stays open.</summary>
    /// <param name="stream">The bytes of a CSV file; copied to memory when it can't seek.</param>
    /// <param name="sourceName">Where it comes from, for messages.</param>
    /// <param name="options">What is not to be found from the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">As for a file.</exception>
    public static Dataset Read(Stream stream, string sourceName, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var source = CsvSource.Open(stream, sourceName, cancellationToken);
        return Read(source, options ?? new CsvOptions(), cancellationToken);
    }

    private static Dataset Read(CsvSource source, CsvOptions options, CancellationToken cancellationToken)
    {
        var layout = CsvLayout.Find(source, options);
        CheckNames(source, options, layout);
        var missing = new MissingTokens(options.Missing);
        var columns = new List<PendingColumn>();
        for (var i = 0; i < layout.Names.Count; i++)
        {
            if (options.Columns?.Contains(layout.Names[i]) ?? true)
            {
                ColumnType? declared = options.Types.TryGetValue(layout.Names[i], out var type) ? type : null;
                columns.Add(new PendingColumn(i, layout.Names[i], ColumnForm.Candidates(declared, layout.Separator)));
            }
        }

        var pass = new ReadingPass(source, layout, missing);
        var capacity = (int)Math.Clamp(source.Lines - (layout.HasHeader ? 1 : 0), 0, Array.MaxLength);

        // The first rows rule out most forms, so that one pass over the whole file is nearly always enough.
        for (var open = columns; open.Count > 0; open = open.FindAll(c => c.Failed))
        {
            pass.Run(open, SampleRows, Math.Min(SampleRows, capacity), cancellationToken);
            CheckTypes(source, pass, open);
        }

        for (var open = columns; open.Count > 0; open = open.FindAll(c => !c.TryFinish()))
        {
            CheckTypes(source, pass, open);
            pass.Run(open, long.MaxValue, capacity, cancellationToken);
        }

        return new Dataset(source.Name, [.. columns.Select(c => c.Column!)]);
    }

    private static void CheckNames(CsvSource source, CsvOptions options, CsvLayout layout)
    {
        var wanted = options.Columns ?? [];
        var asked = options.Types.Keys.Where(name => !wanted.Contains(name)).Select(name => (Name: name, Where: " (under types)")).Concat(wanted.Select(name => (Name: name, Where: "")));
        var unknown = asked.Where(a => !layout.Names.Contains(a.Name)).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var faults = unknown.Select(u => $"{source.Name} has no column '{u.Name}'{u.Where}.").ToArray();
        throw new InputException($"{source.Name} lacks columns:", faults, Nearest.Hint(unknown[0].Name, layout.Names, "columns"));
    }

    private static void CheckTypes(CsvSource source, ReadingPass pass, List<PendingColumn> columns)
    {
        var faults = columns.Where(c => c.Exhausted).Select(c => Fault(source, pass, c)).ToArray();
        if (faults.Length > 0)
        {
            throw new InputException($"{source.Name} has values that are not of the declared type:", faults, "Correct them or empty the cells. An experiment file can also list what stands for a missing value (data.missing) or leave the column out of data.types.");
        }
    }

    private static string Fault(CsvSource source, ReadingPass pass, PendingColumn column) => column.LeftOpen
        ? $"{source.Name}: the dates of column '{column.Name}' leave open which number is the day and which the month; write them as 2024-03-31."
        : $"{source.Name} line {pass.LineOf(column.Culprit.Record)}: '{column.Culprit.Text}' in column '{column.Name}' is no {Word(column.Type)}.";

    private static string Word(ColumnType type) => type switch
    {
        ColumnType.Number => "number",
        ColumnType.Boolean => "truth value (true/false, yes/no, t/f, y/n, 1/0)",
        ColumnType.Date => "date (2024-03-31, 31.03.2024, 31 Mar 2024)",
        _ => type.ToString(),
    };
}
