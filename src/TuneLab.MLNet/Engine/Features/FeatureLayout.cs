using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>How a feature table becomes the one vector of numbers that ML.NET's trainers take: fixed by the fold's training rows, kept in the model. Immutable.</summary>
internal sealed class FeatureLayout
{
    // slots in the order in which the model zip joins vectors: numbers, marks of missing ones, categories
    private FeatureLayout(FeatureForm form, ColumnLayout[] columns)
    {
        var slots = 0;
        Each(c => !c.IsCategory, c => c with { First = slots++ });
        Each(c => c.Mark >= 0, c => c with { Mark = slots++ });
        Each(c => c.IsCategory, c => c with { First = (slots += c.Cardinality) - c.Cardinality });
        (Form, Columns, Slots) = (form, columns, slots);

        void Each(Func<ColumnLayout, bool> of, Func<ColumnLayout, ColumnLayout> place)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = of(columns[i]) ? place(columns[i]) : columns[i];
            }
        }
    }

    /// <summary>The form of the numbers.</summary>
    public FeatureForm Form { get; }

    /// <summary>One for each column of the table, in its order.</summary>
    public IReadOnlyList<ColumnLayout> Columns { get; }

    /// <summary>The length of the vector.</summary>
    public int Slots { get; }

    /// <summary>How many slots, from the first, belong to numbers and their marks.</summary>
    public int NumberSlots => Columns.Sum(c => c.IsCategory ? 0 : c.Mark < 0 ? 1 : 2);

    /// <summary>Whether vectors hold their non-zero slots only: where most slots belong to categories. Never depends on rows.</summary>
    public bool Sparse => 2 * Columns.Where(c => c.IsCategory).Sum(c => c.Cardinality) > Slots;

    /// <summary>The layout of a fold, made once for all its runs.</summary>
    public static FeatureLayout Of(PreparedFold fold, FeatureForm form, CancellationToken cancellation)
        => fold.Share("mlnet-layout:" + form, (f, _) => Fit(f.Table, form, f.Train), cancellation);

    /// <summary>The layout of a table.</summary>
    public static FeatureLayout Fit(FeatureTable table, FeatureForm form, int[] rows)
        => new(form, [.. table.Columns.Select(c => ColumnLayout.Of(c, form, rows))]);

    /// <summary>The names of the slots.</summary>
    public string[] Names()
    {
        var names = new string[Slots];
        foreach (var column in Columns)
        {
            for (var k = 0; k < column.Cardinality; k++)
            {
                names[column.First + k] = string.Create(CultureInfo.InvariantCulture, $"{column.Name}.{k}");
            }

            if (!column.IsCategory)
            {
                names[column.First] = column.Name;
            }

            if (column.Mark >= 0)
            {
                names[column.Mark] = column.Name + ".missing";
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
            writer.Write(column.Mark >= 0);
            writer.Write(column.Fill);
            writer.Write(column.Offset);
            writer.Write(column.Scale);
            writer.Write(column.End);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static FeatureLayout Load(BinaryReader reader)
    {
        var form = (FeatureForm)reader.ReadByte();
        var columns = new ColumnLayout[reader.ReadInt32()];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new ColumnLayout(reader.ReadString(), reader.ReadBoolean(), reader.ReadInt32(), 0, reader.ReadBoolean() ? 0 : -1, reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle()) { End = reader.ReadSingle() };
        }

        return new FeatureLayout(form, columns);
    }
}
