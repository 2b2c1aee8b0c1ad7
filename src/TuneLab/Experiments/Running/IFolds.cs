namespace TuneLab.Experiments.Running;

/// <summary>
/// What a trial is scored on: folds of a table, or seeds of a program.
/// <para><b>Contract.</b> A pure function of the experiment; thread-safe. <b>Errors:</b> none.</para>
/// </summary>
internal interface IFolds
{
    /// <summary>Those that every trial of the search is scored on.</summary>
    IReadOnlyList<FoldId> Search { get; }

    /// <summary>Those of one repetition, from 0; confirm's repetitions come after the search's.</summary>
    IReadOnlyList<FoldId> Repeat(int repeat);

    /// <summary>Lets go of a repetition that will not be asked for again.</summary>
    void Release(int repeat);
}
