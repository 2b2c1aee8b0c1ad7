using TuneLab.Errors;

namespace TuneLab.Data.Encoding;

/// <summary>
/// What was learned about the columns on the training rows, and how features are made from any table that has these columns: in any order, among others, with unseen
/// levels and missing values. Made by <see cref="FeatureEncoder"/> or read from a model file. Immutable and thread-safe.
/// </summary>
public sealed class FeatureEncoding
{
    /// <summary>Raised when the same columns and rows give other features than before; part of cache keys and of the file.</summary>
    public const int Version = 2;

    private readonly ColumnEncoder[] _encoders;

    internal FeatureEncoding(ColumnEncoder[] encoders) => (_encoders, Inputs) = (encoders, Array.ConvertAll(encoders, e => e.Input));

    /// <summary>The columns that it reads, in the order of the features.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>What was learned of each column, in the order of <see cref="Inputs"/>.</summary>
    public IReadOnlyList<EncodedColumn> Columns => Array.ConvertAll(_encoders, e => e.Description);

    /// <summary>Makes the features of all rows of a table.</summary>
    /// <exception cref="InputException">Columns are missing (all are named, with those that are there), or one has values of another type.</exception>
    public FeatureTable Transform(Dataset data)
    {
        var missing = Inputs.Where(input => data.Find(input.Name) is null).Select(input => input.Name).ToArray();
        if (missing.Length > 0)
        {
            throw Missing(data, missing);
        }

        List<FeatureColumn> columns = [];
        foreach (var encoder in _encoders)
        {
            columns.AddRange(encoder.Encode(ColumnConversion.To(data[encoder.Input.Name], encoder.Input.Type, data.Source)));
        }

        return new FeatureTable(columns, data.RowCount);
    }

    /// <summary>Writes it so that <see cref="Load"/> gives the same features.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(_encoders.Length);
        foreach (var encoder in _encoders)
        {
            writer.Write(encoder.Input.Name);
            writer.Write(encoder.Input.Type.ToString());
            Strings.Save(writer, encoder.Input.Levels);
            encoder.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Positioned at the encoding's first byte; left behind its last.</param>
    /// <exception cref="InvalidDataException">The bytes are no encoding, or one of another version.</exception>
    public static FeatureEncoding Load(BinaryReader reader)
    {
        var version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"The model's features were made by version {version} of the encoding, this TuneLab has version {Version}: run the experiment again, or use the TuneLab that wrote the model.");
        }

        var count = reader.ReadInt32();
        List<ColumnEncoder> encoders = [];
        for (var i = 0; i < count; i++)
        {
            var (name, type) = (reader.ReadString(), reader.ReadString());
            if (!Enum.TryParse<ColumnType>(type, out var kind) || !Enum.IsDefined(kind))
            {
                throw new InvalidDataException($"The encoding of column '{name}' has the unknown type '{type}'.");
            }

            encoders.Add(ColumnEncoders.Load(new InputColumn(name, kind, Strings.Load(reader)), reader));
        }

        return new FeatureEncoding([.. encoders]);
    }

    private static InputException Missing(Dataset data, string[] missing)
    {
        string[] known = [.. data.Columns.Select(c => c.Name)];
        return missing.Length == 1
            ? new InputException($"{data.Source} has no column '{missing[0]}', which the model needs.", Nearest.Hint(missing[0], known, "columns"))
            : new InputException($"{data.Source} lacks {missing.Length} columns that the model needs: {string.Join(", ", missing)}.", Nearest.Hint(missing[0], known, "columns"));
    }
}
