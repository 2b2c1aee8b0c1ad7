using CsvHelper;
using TuneLab.Errors;

namespace TuneLab.Data.Csv;

/// <summary>Goes over the records of a file and hands each field to its column.</summary>
internal sealed class ReadingPass(CsvSource source, CsvLayout layout, MissingTokens missing)
{
    private const int RecordsBetweenChecks = 4096;

    /// <summary>Reads the records once.</summary>
    /// <param name="columns">The columns to read; each starts anew.</param>
    /// <param name="mostRecords">Where to stop.</param>
    /// <param name="capacity">How many records are expected.</param>
    /// <param name="cancellationToken">Looked at every few thousand records.</param>
    /// <exception cref="InputException">A record of another length, or a quote that is never closed.</exception>
    public void Run(List<PendingColumn> columns, long mostRecords, int capacity, CancellationToken cancellationToken)
    {
        foreach (var column in columns)
        {
            column.Begin(capacity);
        }

        var open = columns.ToArray();
        CsvMalformedRecord? unclosed = null;
        var options = layout.Options with
        {
            OnMalformedRecord = m => unclosed ??= m.Reason == CsvMalformedReason.UnterminatedQuote ? m : null,
        };
        using var reader = source.Read(options);
        SkipHeader(reader);
        for (long record = 1; record <= mostRecords && reader.Read(); record++)
        {
            if (unclosed is not null)
            {
                throw new InputException($"{source.Name} line {LineOf(record)}: a quote is opened and never closed.", "Close it, or double it where it is part of the text.");
            }

            if (reader.FieldCount != layout.Names.Count)
            {
                throw Ragged(record, reader.FieldCount);
            }

            foreach (var column in open)
            {
                column.Take(record, reader.GetSpan(column.Index).Trim(" \t\r\n"u8), missing);
            }

            if (record % RecordsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The line of the file on which a data record (from 1) starts.</summary>
    public long LineOf(long record)
    {
        using var reader = source.Read(layout.Options with { TrackLineNumbers = true });
        SkipHeader(reader);
        for (long i = 0; i < record && reader.Read(); i++)
        {
        }

        return reader.LineNumber;
    }

    private void SkipHeader(CsvReader reader)
    {
        if (layout.HasHeader)
        {
            reader.Read();
        }
    }

    private InputException Ragged(long record, int found) => new(
        $"{source.Name} line {LineOf(record)}: {layout.Names.Count} fields expected{(layout.HasHeader ? " as in the header" : "")}, {found} found.",
        $"The separator is {SeparatorName(layout.Separator)}; quote a field that contains it, or name another under data.separator.");

    private static string SeparatorName(char separator) => separator == '\t' ? "a tab" : $"'{separator}'";
}
