using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>How a feature table becomes the one vector of numbers that ML.NET's trainers take: fixed by the fold's training rows, kept in the model. Immutable.</summary>
internal sealed class FeatureLayout
{
    private FeatureLayout(FeatureForm form, ColumnLayout[] columns) => (Form, Columns, Slots) = (form, columns, columns.Sum(c => c.Slots));

    /// <summary>The form of the numbers.</summary>
    public FeatureForm Form { get; }

    /// <summary>One for each column of the table, in its order.</summary>
    public IReadOnlyList<ColumnLayout> Columns { get; }

    /// <summary>The length of the vector.</summary>
    public int Slots { get; }

    /// <summary>Whether vectors hold their non-zero slots only: where most slots belong to categories. Never depends on rows.</summary>
    public bool Sparse => 2 * Columns.Where(c => c.IsCategory).Sum(c => c.Cardinality) > Slots;

    /// <summary>The layout of a fold, made once for all its runs.</summary>
    public static FeatureLayout Of(PreparedFold fold, FeatureForm form, CancellationToken cancellation)
        => fold.Share("mlnet-layout:" + form, (f, _) => Fit(f.Table, form, f.Train), cancellation);

    /// <summary>The layout of a table.</summary>
    public static FeatureLayout Fit(FeatureTable table, FeatureForm form, int[] rows)
    {
        var columns = new ColumnLayout[table.Columns.Count];
        for (var (i, first) = (0, 0); i < columns.Length; first += columns[i++].Slots)
        {
            columns[i] = ColumnLayout.Of(table.Columns[i], form, rows, first);
        }

        return new FeatureLayout(form, columns);
    }

    /// <summary>The names of the slots.</summary>
    public string[] Names()
    {
        var names = new string[Slots];
        foreach (var column in Columns)
        {
            for (var k = 0; k < column.Slots; k++)
            {
                names[column.First + k] = column.IsCategory ? string.Create(CultureInfo.InvariantCulture, $"{column.Name}.{k}") : k == 0 ? column.Name : column.Name + ".missing";
            }
        }

        return names;
    }

    /// <summary>Refuses a table that has other columns than the one that this was made for.</summary>
    /// <exception cref="ArgumentException">It has.</exception>
    public void Check(FeatureTable table)
    {
        if (table.Columns.Count != Columns.Count || !Columns.Zip(table.Columns).All(pair => pair.First.Fits(pair.Second)))
        {
            throw new ArgumentException($"The model was fitted on {Columns.Count} columns ({string.Join(", ", Columns.Select(c => c.Name))}); the table has {table.Columns.Count}, or of other kinds.", nameof(table));
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)Form);
        writer.Write(Columns.Count);
        foreach (var column in Columns)
        {
            writer.Write(column.Name);
            writer.Write(column.IsCategory);
            writer.Write(column.Cardinality);
            writer.Write(column.Marked);
            writer.Write(column.Fill);
            writer.Write(column.Offset);
            writer.Write(column.Scale);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static FeatureLayout Load(BinaryReader reader)
    {
        var form = (FeatureForm)reader.ReadByte();
        var columns = new ColumnLayout[reader.ReadInt32()];
        for (var (i, first) = (0, 0); i < columns.Length; first += columns[i++].Slots)
        {
            columns[i] = new ColumnLayout(reader.ReadString(), reader.ReadBoolean(), reader.ReadInt32(), first, reader.ReadBoolean(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        }

        return new FeatureLayout(form, columns);
    }
}
