namespace TuneLab.Experiments;

/// <summary>What limits a search.</summary>
internal enum BudgetKind
{
    /// <summary>Trials, or an exit rule of its own.</summary>
    Trials,

    /// <summary>Time alone.</summary>
    Time,

    /// <summary>Time, and trials too: the same trials as long as time does not cut in.</summary>
    Both,
}
