using TuneLab.Randomness;

namespace TuneLab.Data.Samples;

/// <summary>A toy table: a function of the features as they stand in the file, plus noise. Instances have no state.</summary>
public abstract class Sample
{
    /// <summary>Its name and that of its files.</summary>
    public abstract string Name { get; }

    /// <summary>One line for a list.</summary>
    public abstract string Summary { get; }

    /// <summary>What there is to learn.</summary>
    public abstract LearningTask Task { get; }

    /// <summary>The label column.</summary>
    public abstract string Label { get; }

    /// <summary>The header, the label last.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The classes by index, in the order that <see cref="TaskTable.Classes"/> has them; empty for regression.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The true function in words.</summary>
    public abstract string Formula { get; }

    /// <summary>The rows that <c>tunelab sample</c> makes unless told.</summary>
    public abstract int DefaultRows { get; }

    /// <summary>Draws one row.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="random">Its own generator.</param>
    internal abstract SampleRow Draw(int row, SeededRandom random);
}
