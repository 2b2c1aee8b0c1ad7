namespace TuneLab.Experiments.Running;

/// <summary>What a fold is for.</summary>
internal enum FoldPurpose
{
    /// <summary>A fold of the plan's split: searched or confirmed on.</summary>
    Split,

    /// <summary>All training rows, scored on the holdout.</summary>
    Holdout,
}

/// <summary>Names a fold of an experiment.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Repeat">The repetition, from 0; confirm's come after the search's.</param>
/// <param name="Index">The fold within it.</param>
internal readonly record struct FoldId(FoldPurpose Purpose, int Repeat, int Index)
{
    /// <summary>All training rows against the holdout.</summary>
    public static FoldId Final { get; } = new(FoldPurpose.Holdout, 0, 0);
}
